/** What a computation that pauses now and then comes to, without a pause. */
export function atOnce<T>(going: Iterator<unknown, T>): T {
  for (;;) {
    const { done, value } = going.next();
    if (done) {
      return value;
    }
  }
}

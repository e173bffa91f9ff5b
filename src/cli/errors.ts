/** The request was wrong (exit status 2): one sentence that names the bad word and the nearest right one. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** It could not be done, or the answer is no (exit status 1): one sentence that says what, where, and what to do. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
}

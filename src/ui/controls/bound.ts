/** A value that lives elsewhere, as lil-gui wants it: a property that is read and set. */
export interface Bound<T> {
  value: T;
}

/** Binds to wherever a value lives: each reading asks for it, each setting hands it over. */
export function bound<T>(get: () => T, set: (value: T) => void): Bound<T> {
  return {
    get value() {
      return get();
    },
    set value(next) {
      set(next);
    },
  };
}

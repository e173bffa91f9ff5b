/** Where a recording's bytes go. Pieces may come in any order of their places; later ones overwrite. */
export interface Sink {
  write(bytes: Uint8Array, position: number): Promise<void>;
}

/** A sink that keeps the bytes, for where nothing can be written while it records. */
export class MemorySink implements Sink {
  #bytes = new Uint8Array(2 ** 20);
  #length = 0;

  async write(bytes: Uint8Array, position: number): Promise<void> {
    const end = position + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, position);
    this.#length = Math.max(this.#length, end);
  }

  blob(type: string): Blob {
    return new Blob([this.#bytes.subarray(0, this.#length)], { type });
  }
}

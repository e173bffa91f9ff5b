/** The lane that a hand points at: it stands out in charts, tables and heads, and in the picture where the others shall step back. */
export class Spotlight {
  #lane: number | null = null;
  #inPicture = false;

  /** Index into the scene's lanes; null: no lane stands out. */
  get lane(): number | null {
    return this.#lane;
  }

  /** The same for the picture. */
  get inPicture(): number | null {
    return this.#inPicture ? this.#lane : null;
  }

  /** @param inPicture whether the other lanes' particles step back too */
  point(lane: number | null, inPicture = true): void {
    this.#lane = lane;
    this.#inPicture = inPicture;
  }
}

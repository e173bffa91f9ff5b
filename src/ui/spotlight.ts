/** The lane that a hand points at, in a chart, a table or the picture: it stands out in all of them. */
export interface Spotlight {
  /** Index into the scene's lanes; null: no lane does. */
  lane: number | null;
}

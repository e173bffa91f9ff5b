import type { LaneShape } from '../scene/colours.ts';

/** Outlines of the lanes' signs about the origin, within a circle of radius 1. */
export const OUTLINES: Readonly<Record<LaneShape, string>> = {
  disc: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z',
  square: 'M-.82-.82H.82V.82H-.82Z',
  triangle: 'M0-1.02L1 .78H-1Z',
  diamond: 'M0-1.12L1.02 0L0 1.12L-1.02 0Z',
  cross: 'M-.38-1H.38V-.38H1V.38H.38V1H-.38V.38H-1V-.38H-.38Z',
  star: 'M0-1.12L.33-.38L1.1-.3L.53.22L.68 1L0 .6L-.68 1L-.53.22L-1.1-.3L-.33-.38Z',
  hexagon: 'M0-1.06L.92-.53V.53L0 1.06L-.92.53V-.53Z',
  ring: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0ZM.42 0A.42.42 0 1 0-.42 0A.42.42 0 1 0 .42 0Z',
};

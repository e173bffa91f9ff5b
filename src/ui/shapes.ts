import { LANE_COLOURS, LANE_SHAPES, type LaneShape } from '../scene/colours.ts';
import type { Lane } from '../scene/scene.ts';
import { svg } from './dom.ts';

/** Outlines of the lanes' signs about the origin, within a circle of radius 1. */
const OUTLINES: Readonly<Record<LaneShape, string>> = {
  disc: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z',
  square: 'M-.82-.82H.82V.82H-.82Z',
  triangle: 'M0-1.02L1 .78H-1Z',
  diamond: 'M0-1.12L1.02 0L0 1.12L-1.02 0Z',
  cross: 'M-.38-1H.38V-.38H1V.38H.38V1H-.38V.38H-1V-.38H-.38Z',
  star: 'M0-1.12L.33-.38L1.1-.3L.53.22L.68 1L0 .6L-.68 1L-.53.22L-1.1-.3L-.33-.38Z',
  hexagon: 'M0-1.06L.92-.53V.53L0 1.06L-.92.53V-.53Z',
  ring: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0ZM.42 0A.42.42 0 1 0-.42 0A.42.42 0 1 0 .42 0Z',
};

/** A lane's colour. */
export const colourOf = ({ colour }: Lane): string => LANE_COLOURS[colour].hex;

/** A lane's sign as a path about the origin; scale it by the wanted radius. */
export const outlineOf = ({ colour }: Lane): string => OUTLINES[LANE_SHAPES[colour]];

/** A lane's sign: its colour and its shape, since colour is never the only one. */
export function sign(lane: Lane): SVGSVGElement {
  return svg(
    'svg',
    { viewBox: '-1.55 -1.55 3.1 3.1', class: 'sign', 'aria-hidden': 'true', focusable: 'false' },
    svg('circle', { r: 1.47, class: 'sign-rim' }),
    svg('path', { d: outlineOf(lane), fill: colourOf(lane), 'fill-rule': 'evenodd' }),
  );
}

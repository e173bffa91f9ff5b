import { LANE_COLOURS, LANE_SHAPES } from '../scene/colours.ts';
import type { Lane } from '../scene/scene.ts';
import { OUTLINES } from '../view/outlines.ts';
import { svg } from './dom.ts';

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

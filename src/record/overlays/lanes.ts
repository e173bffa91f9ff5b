import { lanesOn } from '../../compute/engine/keys.ts';
import { LANE_COLOURS, LANE_SHAPES } from '../../scene/colours.ts';
import { laneNames } from '../../scene/lane-names.ts';
import { OUTLINES } from '../../view/outlines.ts';
import type { Pen } from '../../view/view.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';

const SIZE = { text: 17, line: 27, sign: 7, gap: 12 } as const;

/** The lanes' signs and names. */
export function lanes(pen: Pen, { scene, look }: FilmFacts): Card {
  const names = laneNames(scene);
  const on = lanesOn(scene);
  pen.font = font.strong(SIZE.text);
  const width = Math.max(...on.map((lane) => pen.measureText(names[lane]).width)) + 2 * SIZE.sign + SIZE.gap;
  return {
    width,
    height: on.length * SIZE.line,
    draw(x, y) {
      on.forEach((lane, k) => {
        const middle = y + (k + 0.5) * SIZE.line;
        const { colour } = scene.lanes[lane];
        pen.save();
        pen.translate(x + SIZE.sign, middle);
        pen.scale(SIZE.sign, SIZE.sign);
        const outline = new Path2D(OUTLINES[LANE_SHAPES[colour]]);
        pen.strokeStyle = look.halo;
        pen.lineWidth = 0.6;
        pen.lineJoin = 'round';
        pen.stroke(outline);
        pen.fillStyle = LANE_COLOURS[colour].hex;
        pen.fill(outline, 'evenodd');
        pen.restore();
        pen.font = font.strong(SIZE.text);
        pen.textAlign = 'left';
        pen.textBaseline = 'middle';
        write(pen, names[lane], x + 2 * SIZE.sign + SIZE.gap, middle, look.ink, look);
      });
    },
  };
}

import type { Pen } from '../../view/view.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';

const SIZE = { text: 14, width: 20, gap: 7 } as const;

/** The program's mark: a valley's cross-section, and its floor seen along the way, on a field of 32 × 26. */
const VALLEY = 'M3 3.5c7 1 7.5 19 13 19s6-18 13-19';
const FLOOR = 'M9.5 3.5c3.7 2.5 3.5 11.5 6.5 11.5s2.8-9 6.5-11.5';

/** Who made it. */
export function mark(pen: Pen, { look }: FilmFacts): Card {
  pen.font = font.strong(SIZE.text);
  return {
    width: SIZE.width + SIZE.gap + pen.measureText('Thalweg').width,
    height: SIZE.text,
    draw(x, y) {
      pen.save();
      pen.translate(x, y - 1);
      pen.scale(SIZE.width / 32, SIZE.width / 32);
      pen.lineCap = 'round';
      pen.lineWidth = 3;
      pen.strokeStyle = look.ink;
      pen.stroke(new Path2D(VALLEY));
      pen.strokeStyle = look.quiet;
      pen.stroke(new Path2D(FLOOR));
      pen.restore();
      pen.font = font.strong(SIZE.text);
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      write(pen, 'Thalweg', x + SIZE.width + SIZE.gap, y + SIZE.text / 2, look.ink, look);
    },
  };
}

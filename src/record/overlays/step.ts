import type { Pen } from '../../view/view.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';

const SIZE = 18;

/** How many updates are done. */
export function step(pen: Pen, { step: done, scene: { steps }, look }: FilmFacts): Card {
  pen.font = font.number(SIZE);
  const widest = pen.measureText(`step ${steps}`).width;
  return {
    // As wide as it will ever be: a counter must not wander.
    width: widest,
    height: SIZE,
    draw(x, y) {
      pen.font = font.number(SIZE);
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      write(pen, `step ${done}`, x, y + SIZE / 2, look.ink, look);
    },
  };
}

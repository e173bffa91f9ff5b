import type { Pen } from '../../view/view.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';

const SIZE = { width: 250, bar: 11, number: 12 } as const;

/** The colour ramp with its losses. */
export function legend(pen: Pen, { legend: facts, look }: FilmFacts): Card {
  return {
    width: SIZE.width,
    height: SIZE.bar + 8 + SIZE.number,
    draw(x, y) {
      if (!facts) {
        return;
      }
      const ramp = pen.createLinearGradient(x, 0, x + SIZE.width, 0);
      facts.colours.forEach((colour, k) => ramp.addColorStop(k / (facts.colours.length - 1), colour));
      pen.fillStyle = ramp;
      pen.fillRect(x, y, SIZE.width, SIZE.bar);
      pen.font = font.number(SIZE.number);
      pen.textBaseline = 'middle';
      for (const { position, text } of facts.ticks) {
        pen.textAlign = position < 0.02 ? 'left' : position > 0.98 ? 'right' : 'center';
        write(pen, text, x + position * SIZE.width, y + SIZE.bar + 8 + SIZE.number / 2, look.quiet, look);
      }
    },
  };
}

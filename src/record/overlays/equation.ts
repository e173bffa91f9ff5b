import { formulaOf } from '../../scene/compiled.ts';
import { surfaceOf } from '../../scene/resolve.ts';
import type { Pen } from '../../view/view.ts';
import { type Card, type FilmFacts, font, write } from './card.ts';
import { typesetter } from './typeset.ts';

const SIZE = { name: 17, formula: 22, widest: 620 } as const;

/** The surface's name, and its formula as mathematics. */
export function equation(pen: Pen, { scene, look }: FilmFacts): Card {
  const { name, entry } = surfaceOf(scene);
  const { documentElement } = new DOMParser().parseFromString(formulaOf(scene.surface).mathml, 'text/xml');
  const set = typesetter(pen);
  const whole = set(documentElement, SIZE.formula);
  // One that is too wide is set smaller.
  const setting = whole.width > SIZE.widest ? set(documentElement, (SIZE.formula * SIZE.widest) / whole.width) : whole;
  const head = entry ? SIZE.name + 12 : 0;
  return {
    width: Math.max(setting.width, 120),
    height: head + setting.ascent + setting.descent,
    draw(x, y) {
      if (entry) {
        pen.font = font.strong(SIZE.name);
        pen.textAlign = 'left';
        pen.textBaseline = 'middle';
        write(pen, name, x, y + SIZE.name / 2, look.ink, look);
      }
      pen.fillStyle = look.ink;
      setting.draw(x, y + head + setting.ascent);
    },
  };
}

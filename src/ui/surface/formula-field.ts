import { compileFormula } from '../../formula/compile.ts';
import { FormulaError } from '../../formula/error.ts';
import { LIMITS } from '../../scene/limits.ts';
import { surfaceOf } from '../../scene/resolve.ts';
import type { Scene, SurfaceChoice } from '../../scene/scene.ts';
import { button } from '../controls/button.ts';
import { markedText } from '../controls/marked-text.ts';
import type { Context, Part } from '../context.ts';

/** A word that can become a parameter's name. */
const WORD = /^[A-Za-z][A-Za-z0-9_]{0,31}$/;

/** What a text comes to: a surface, or why it is none and where. */
export type Reading =
  | { readonly surface: SurfaceChoice }
  | { readonly error: FormulaError; /** Unknown word that could be a parameter. */ readonly word: string | null };

/**
 * Reads a typed formula. Of the given parameters those stay that the text speaks of.
 * @param params values by name, of which the text may use any
 */
export function readFormula(text: string, params: Readonly<Record<string, number>>): Reading {
  try {
    if (text.length > LIMITS.formula) {
      throw new FormulaError(`A formula has at most ${LIMITS.formula} characters.`, LIMITS.formula, 0);
    }
    const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g));
    const used = Object.fromEntries(Object.entries(params).filter(([name]) => words.has(name)));
    compileFormula(text, { parameters: Object.keys(used).sort() });
    return { surface: { formula: text, params: used } };
  } catch (error) {
    if (!(error instanceof FormulaError)) {
      throw error;
    }
    const word = text.slice(error.at, error.at + error.length);
    return { error, word: WORD.test(word) && couldBeParameter(text, word) ? word : null };
  }
}

/** Whether the text compiles, or fails elsewhere, once the word is a parameter. */
function couldBeParameter(text: string, word: string): boolean {
  try {
    compileFormula(text, { parameters: [word] });
    return true;
  } catch (error) {
    return error instanceof FormulaError && text.slice(error.at, error.at + error.length) !== word && error.message.indexOf(`“${word}”`) < 0;
  }
}

/** The scene on the surface of a typed formula, in the region that was shown. */
export function withFormula(scene: Scene, surface: SurfaceChoice): Scene {
  return { ...scene, surface, domain: surfaceOf(scene).domain };
}

/** Parameter values by name, as the scene has them now. */
function parametersOf(scene: Scene): Record<string, number> {
  const { parameters, values } = surfaceOf(scene);
  return Object.fromEntries(parameters.map((name, i) => [name, values[i]]));
}

/** A field for one's own formula: what is wrong is marked at its place, and the last good terrain stays until it is right. */
export function createFormulaField({ store }: Context): Part {
  let word = '';
  let frame = 0;
  let shown = '';
  const offer = button('', () => adopt(), { class: 'button button-small' });
  const text = markedText({
    label: 'Type your own',
    most: LIMITS.formula,
    lines: false,
    input: () => read({}),
    blur: () => store.release(),
  });
  const { field } = text;
  text.problem.append(offer);

  const complain = (error: FormulaError | null, candidate: string | null): void => {
    text.complain(error);
    word = candidate ?? '';
    offer.hidden = word === '';
    offer.lastElementChild!.textContent = `Make ${word} a slider`;
  };

  const read = (more: Readonly<Record<string, number>>): void => {
    const reading = readFormula(field.value, { ...parametersOf(store.scene), ...more });
    if ('error' in reading) {
      complain(reading.error, reading.word);
      return;
    }
    complain(null, null);
    shown = field.value;
    // A fast hand types several letters a frame; the terrain follows once.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => store.update((scene) => withFormula(scene, reading.surface), { merge: 'formula' }));
  };

  const adopt = (): void => {
    const more = { [word]: 1 };
    field.focus();
    read(more);
  };

  complain(null, null);

  return {
    element: text.element,
    scene(scene) {
      const { formula } = surfaceOf(scene);
      if (formula !== shown) {
        shown = formula;
        field.value = formula;
        complain(null, null);
      }
    },
  };
}

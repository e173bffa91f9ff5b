import { compileRecurrences } from '../../descent/typed/compile.ts';
import { FormulaError } from '../../formula/error.ts';
import { updateOf, withUpdate } from '../../scene/choices.ts';
import { LIMITS } from '../../scene/limits.ts';
import { markedText } from '../controls/marked-text.ts';
import type { Context, Part } from '../context.ts';
import { el } from '../dom.ts';

/** What is wrong with the text of an update, or null. */
function faultOf(update: string): FormulaError | null {
  try {
    compileRecurrences(update);
    return null;
  } catch (error) {
    if (error instanceof FormulaError) {
      return error;
    }
    throw error;
  }
}

/** A field for the selected lane's typed update: what is wrong is marked at its place, and the last good one runs on. */
export function createUpdateField({ store }: Context): Part {
  let shown = '';
  let frame = 0;
  const text = markedText({
    label: 'Your own update',
    most: LIMITS.update,
    lines: true,
    input: () => {
      const update = text.field.value;
      const error = faultOf(update);
      text.complain(error);
      // A fast hand types several letters a frame; the run follows once.
      cancelAnimationFrame(frame);
      if (!error) {
        const { selected } = store.scene;
        shown = keyOf(selected, update);
        frame = requestAnimationFrame(() =>
          store.update((scene) => withUpdate(scene, selected, update), { merge: `update ${selected}` }),
        );
      }
    },
    blur: () => store.release(),
  });
  text.element.classList.add('update-field');
  text.element.append(
    el('p', { class: 'note' }, 'w parameter, g gradient, t = 1, 2, …, lr learning rate. A name that is read before it is assigned is state; one that never is becomes a slider.'),
  );
  return {
    element: text.element,
    scene({ lanes, selected }) {
      const update = updateOf(lanes[selected]);
      text.element.hidden = update === null;
      const key = update === null ? '' : keyOf(selected, update);
      if (key === shown) {
        return;
      }
      shown = key;
      text.field.value = update ?? '';
      text.complain(null);
    },
  };
}

const keyOf = (lane: number, update: string): string => `${lane} ${update}`;

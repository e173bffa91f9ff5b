import { LIMITS } from '../../scene/limits.ts';
import type { RaceChoice, Scene } from '../../scene/scene.ts';
import { segments } from '../controls/button.ts';
import { numberBox } from '../controls/number-box.ts';
import type { Context } from '../context.ts';
import { el, setText } from '../dom.ts';

/** What is equal for all lanes, before and after the number. */
const BUDGETS: Readonly<
  Record<
    RaceChoice['budget'],
    { readonly text: string; readonly title: string; readonly before: string; readonly after: string }
  >
> = {
  steps: { text: 'Updates', title: 'Every lane does as many updates', before: 'equal updates,', after: 'each' },
  gradients: {
    text: 'Gradients',
    title: 'Every particle may spend as many gradient evaluations; a Hessian counts as two',
    before: 'equal budget,',
    after: 'evaluations',
  },
  time: {
    text: 'Time',
    title: 'Every lane runs as long as the quickest takes for so many updates on this device',
    before: 'equal time, quickest',
    after: 'updates',
  },
};

/** By what the lanes are compared, as words with a number in them and as a choice. */
export interface Terms {
  readonly words: HTMLElement;
  readonly choice: HTMLElement;
  scene(scene: Scene): void;
}

/** Makes the controls of the budget. */
export function createTerms({ actions }: Context): Terms {
  const before = el('span');
  const after = el('span');
  const amount = numberBox({
    label: 'Budget of each lane',
    min: 1,
    max: LIMITS.steps,
    integer: true,
    take: (steps) => actions.edit((scene) => ({ ...scene, steps }), 'steps'),
  });
  const choice = segments(
    'What is equal for all lanes',
    Object.entries(BUDGETS).map(([value, { text, title }]) => ({ value, text, title })),
    (value) =>
      actions.edit((scene) => ({ ...scene, race: { ...scene.race, budget: value as RaceChoice['budget'] } }), 'budget'),
  );
  return {
    words: el('div', { class: 'terms' }, before, amount.element, after),
    choice: choice.element,
    scene({ race, steps }) {
      const words = BUDGETS[race.budget];
      setText(before, words.before);
      setText(after, words.after);
      amount.show(steps);
      choice.set(race.budget);
    },
  };
}

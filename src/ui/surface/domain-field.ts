import type { Domain } from '../../landscape/surface.ts';
import { DOMAIN_RESOLUTION, DOMAIN_SIZE } from '../../scene/limits.ts';
import { FORMULA_DOMAIN, surfaceOf } from '../../scene/resolve.ts';
import { button } from '../controls/button.ts';
import { type NumberBox, numberBox } from '../controls/number-box.ts';
import type { Context, Part } from '../context.ts';
import { el } from '../dom.ts';
import { editable } from '../format.ts';

const ENDS = ['x from', 'x to', 'y from', 'y to'] as const;

/** Why a region cannot be shown, as a sentence, or null. */
export function domainFault(domain: Domain): string | null {
  for (const [axis, low, high] of [['x', domain[0], domain[1]], ['y', domain[2], domain[3]]] as const) {
    if (!(low < high)) {
      return `${axis} must run from a smaller number to a larger one; ${editable(low)} is not below ${editable(high)}.`;
    }
    if (high - low < DOMAIN_RESOLUTION * Math.max(Math.abs(low), Math.abs(high))) {
      return `The range of ${axis} is too narrow for the graphics card’s numbers; make it wider.`;
    }
  }
  return null;
}

/** Four fields for the region that is shown. */
export function createDomainField({ store }: Context): Part {
  const problem = el('p', { class: 'field-problem', role: 'status', hidden: true });
  // What is typed, which may not be a region yet.
  let draft: Domain = FORMULA_DOMAIN;
  let last: Domain = draft;

  const take = (end: number, value: number): void => {
    draft = draft.map((old, i) => (i === end ? value : old)) as unknown as Domain;
    const fault = domainFault(draft);
    problem.textContent = fault ?? '';
    problem.hidden = fault === null;
    if (fault === null) {
      const domain = draft;
      store.update((scene) => ({ ...scene, domain }));
    }
  };

  const boxes: NumberBox[] = ENDS.map((label, end) =>
    numberBox({ label, min: -DOMAIN_SIZE, max: DOMAIN_SIZE, take: (value) => take(end, value) }),
  );
  const reset = button('Reset', () => store.update((scene) => ({ ...scene, domain: null })), {
    class: 'button button-small',
    title: 'The surface’s own region',
  });
  const axis = (name: string, low: NumberBox, high: NumberBox): HTMLElement =>
    el('div', { class: 'domain-axis' }, el('i', { class: 'math-letter' }, name), low.element, el('span', {}, 'to'), high.element);

  return {
    element: el(
      'fieldset',
      { class: 'domain-field' },
      el('legend', { class: 'field-label' }, 'Region'),
      axis('x', boxes[0], boxes[1]),
      axis('y', boxes[2], boxes[3]),
      reset,
      problem,
    ),
    scene(scene) {
      const { domain } = surfaceOf(scene);
      if (domain.some((end, i) => end !== last[i])) {
        last = domain;
        draft = domain;
        problem.hidden = true;
      }
      boxes.forEach((box, i) => {
        box.show(draft[i]);
      });
      reset.hidden = scene.domain === null;
    },
  };
}

import { type Child, el, type Making } from '../dom.ts';
import { type IconName, icon } from '../icons.ts';

/** A button with a word on it. */
export function button(
  label: string,
  press: () => void,
  making: Making = {},
  ...before: readonly Child[]
): HTMLButtonElement {
  return el(
    'button',
    { type: 'button', class: 'button', ...making, on: { click: press } },
    ...before,
    el('span', { class: 'button-text' }, label),
  );
}

/**
 * A button with a pictogram on it, and its name for those who do not see it and in a tip.
 * @param key the key that does the same, for the tip
 */
export function iconButton(name: IconName, label: string, press: () => void, key = ''): HTMLButtonElement {
  const title = key ? `${label} (${key})` : label;
  return el(
    'button',
    { type: 'button', class: 'button button-icon', 'aria-label': label, title, on: { click: press } },
    icon(name),
  );
}

/** One of a few, side by side: a group of radio buttons. */
export interface Segments {
  readonly element: HTMLElement;
  /** Shows the choice without telling anybody. */
  set(value: string): void;
}

/** Makes a choice of one of a few, each with its word. */
export function segments(
  label: string,
  choices: readonly { readonly value: string; readonly text: string; readonly title?: string }[],
  choose: (value: string) => void,
): Segments {
  segmentGroups += 1;
  const name = `segments-${segmentGroups}`;
  const inputs = choices.map(({ value }) =>
    el('input', { type: 'radio', name, value, on: { change: () => choose(value) } }),
  );
  const element = el(
    'div',
    { class: 'segments', role: 'radiogroup', 'aria-label': label },
    ...choices.map(({ text, title }, i) => el('label', { class: 'segment', title }, inputs[i], el('span', {}, text))),
  );
  return {
    element,
    set(value) {
      for (const input of inputs) {
        input.checked = input.value === value;
      }
    },
  };
}

let segmentGroups = 0;

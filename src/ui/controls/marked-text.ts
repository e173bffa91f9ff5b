import type { FormulaError } from '../../formula/error.ts';
import { el, freshId, setAttribute } from '../dom.ts';

/** What a field for a text of its own language is made with. */
export interface MarkedTextFacts {
  readonly label: string;
  /** Characters that it takes at most; one more can be typed, so that something says so. */
  readonly most: number;
  /** Whether Enter begins a new line. */
  readonly lines: boolean;
  readonly input: () => void;
  readonly blur: () => void;
}

/** A field in which what is wrong is marked at its place, with a sentence below. */
export interface MarkedText {
  readonly element: HTMLElement;
  readonly field: HTMLTextAreaElement;
  /** Where the sentence stands; more may be put beside it. */
  readonly problem: HTMLElement;
  /** Marks what is wrong with the text, or that nothing is. */
  complain(error: FormulaError | null): void;
}

/** Makes such a field. */
export function markedText({ label, most, lines, input, blur }: MarkedTextFacts): MarkedText {
  const id = freshId('text');
  const backdrop = el('div', { class: 'formula-backdrop', 'aria-hidden': 'true' });
  const sentence = el('span');
  const problem = el('p', { class: 'field-problem', id: `${id}-problem`, role: 'status', hidden: true }, sentence);
  const field = el('textarea', {
    id,
    class: 'formula-text',
    rows: 1,
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    maxlength: most + 1,
    'aria-describedby': `${id}-problem`,
    on: {
      input,
      blur,
      keydown: (event) => {
        if (event.key === 'Enter' && !event.shiftKey && !lines) {
          event.preventDefault();
        }
      },
      scroll: () => {
        backdrop.scrollTop = field.scrollTop;
      },
    },
  });
  return {
    element: el(
      'div',
      { class: 'formula-field' },
      el('label', { for: id, class: 'field-label' }, label),
      el('div', { class: 'formula-stack' }, backdrop, field),
      problem,
    ),
    field,
    problem,
    complain(error) {
      sentence.textContent = error?.message ?? '';
      problem.hidden = error === null;
      setAttribute(field, 'aria-invalid', error ? 'true' : null);
      if (!error) {
        backdrop.replaceChildren();
        return;
      }
      const text = field.value;
      const at = Math.min(error.at, text.length);
      const end = Math.min(text.length, at + error.length);
      // A place without a width would not be seen.
      const words = text.slice(at, end).replace(/^\s*$/, '\u2009\u2009');
      backdrop.replaceChildren(text.slice(0, at), el('mark', {}, words), text.slice(end), '\u200b');
      backdrop.scrollTop = field.scrollTop;
    },
  };
}

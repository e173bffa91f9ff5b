import { el } from '../dom.ts';
import { editable, typed } from '../format.ts';

/** A field for a number: what is typed counts when it is a number in range; Escape takes it back. */
export interface NumberBox {
  readonly element: HTMLInputElement;
  /** Shows a value, unless a person is typing. */
  show(value: number): void;
}

/** What a number box needs to know. */
export interface NumberBoxFacts {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  take(value: number): void;
}

/** Makes a field for a number. A value beyond the range becomes the nearest that is accepted. */
export function numberBox({ label, min, max, integer = false, take }: NumberBoxFacts): NumberBox {
  let last = Number.NaN;
  const element = el('input', {
    type: 'text',
    class: 'number-box',
    inputmode: integer && min >= 0 ? 'numeric' : 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': label,
    on: {
      input: () => element.setAttribute('aria-invalid', String(Number.isNaN(typed(element.value)))),
      change: () => commit(),
      focus: () => element.select(),
      blur: () => settle(),
      keydown: (event) => {
        if (event.key === 'Enter') {
          commit();
          element.select();
        } else if (event.key === 'Escape') {
          settle();
          element.select();
        }
      },
    },
  });

  const settle = (): void => {
    element.value = editable(last);
    element.removeAttribute('aria-invalid');
  };

  const commit = (): void => {
    const number = typed(element.value);
    if (!Number.isNaN(number)) {
      const inside = Math.min(max, Math.max(min, integer ? Math.round(number) : number));
      if (editable(inside) !== editable(last)) {
        last = inside;
        take(inside);
      }
    }
    settle();
  };

  return {
    element,
    show(value) {
      if (value !== last) {
        last = value;
        if (document.activeElement !== element || element.value === '') {
          settle();
        }
      }
    },
  };
}

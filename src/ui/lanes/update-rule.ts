import type { UpdateTerm } from '../../descent/optimizer.ts';
import { updateOf } from '../../scene/choices.ts';
import { optimizerOf } from '../../scene/compiled.ts';
import { button } from '../controls/button.ts';
import type { Context, Part } from '../context.ts';
import { el, freshId, setAttribute, setText } from '../dom.ts';
import { counted, shown } from '../format.ts';
import { icon } from '../icons.ts';
import { opened } from './open-as-text.ts';
import { setTex, tex } from '../math.ts';

/** Terms shown side by side; the step itself is always the last. */
const COLUMNS = 4;

/** Digits of a number: as many as four columns have room for. */
const DIGITS = 3;

/** As many digits as a column has room for. */
function inColumn(value: number): string {
  const text = shown(value, DIGITS);
  return text.includes('e') ? shown(value, DIGITS - 1) : text;
}

/** The update rule as mathematics, and this step's numbers put in for the followed particle. */
export function createUpdateRule({ followed, run, actions }: Context): Part {
  const title = el('span', { class: 'overline' }, 'Update');
  const linesId = freshId('rule');
  const lines = el('div', { class: 'rule-lines' });
  const open = button('Open as text', () => actions.edit(opened), { class: 'button button-small' });
  open.title = 'Changes the optimizer into text that you can edit';
  const all = el('div', { class: 'rule-all', id: linesId, hidden: true }, lines, open);
  const last = tex('', true);
  const table = el('table', { class: 'rule-table' });
  const heads = el('tr', {}, el('td'));
  const rows = ['x', 'y'].map((name) => el('tr', {}, el('th', { scope: 'row' }, el('i', { class: 'math-letter' }, name))));
  table.append(el('thead', {}, heads), el('tbody', {}, ...rows));
  const whole = el(
    'button',
    {
      type: 'button',
      class: 'rule-whole',
      'aria-expanded': 'false',
      'aria-controls': linesId,
      title: 'The whole rule',
      'aria-label': 'The whole rule',
      on: {
        click: () => {
          all.hidden = !all.hidden;
          last.hidden = !all.hidden;
          setAttribute(whole, 'aria-expanded', String(!all.hidden));
        },
      },
    },
    icon('chevron'),
  );
  const none = el('p', { class: 'note rule-none' });
  const element = el(
    'section',
    { class: 'rule-part', 'aria-label': 'Update rule' },
    el('div', { class: 'card-head' }, title, el('span', { class: 'note' }, 'followed particle')),
    el('div', { class: 'rule-row' }, last, all, whole),
    table,
    none,
  );
  let shape = '';

  const fit = (terms: readonly UpdateTerm[]): void => {
    const key = terms.map(({ symbol }) => symbol).join(' ');
    if (key === shape) {
      return;
    }
    shape = key;
    heads.replaceChildren(
      el('td'),
      ...terms.map(({ symbol }, k) => el('th', { scope: 'col' }, k === terms.length - 1 ? 'step' : tex(symbol))),
    );
    for (const row of rows) {
      row.replaceChildren(row.cells[0], ...terms.map(() => el('td')));
    }
  };

  const chosen = (terms: readonly UpdateTerm[]): readonly UpdateTerm[] =>
    terms.length <= COLUMNS ? terms : [...terms.slice(0, COLUMNS - 1), terms[terms.length - 1]];

  return {
    element,
    scene({ lanes, selected }) {
      const { rule, text } = optimizerOf(lanes[selected]);
      open.hidden = text === undefined || updateOf(lanes[selected]) !== null;
      setTex(last, rule[rule.length - 1], true);
      const key = rule.join('\n');
      if (lines.dataset.rule !== key) {
        lines.dataset.rule = key;
        lines.replaceChildren(...rule.map((line) => el('div', {}, tex(line, true))));
      }
    },
    beat() {
      const update = followed();
      setText(title, update ? `Update, step ${counted(update.step)}` : 'Update');
      table.hidden = !update;
      none.hidden = Boolean(update);
      if (!update) {
        setText(none, (run()?.step ?? 0) === 0 ? 'Its numbers stand here from the first step on.' : 'No numbers: the followed particle has not moved yet, or has left the number range.');
        return;
      }
      [chosen(update.x), chosen(update.y)].forEach((terms, i) => {
        fit(terms);
        terms.forEach(({ value }, k) => {
          setText(rows[i].cells[k + 1], inColumn(value));
        });
      });
    },
  };
}

import '../styles/optimizers.css';
import type { HyperSpec, Optimizer } from '../../descent/optimizer.ts';
import { optimizers } from '../../descent/optimizers/index.ts';
import { withLane, withOptimizer } from '../../scene/choices.ts';
import { newLane } from '../../scene/defaults.ts';
import { LIMITS } from '../../scene/limits.ts';
import { button, segments } from '../controls/button.ts';
import type { Context } from '../context.ts';
import { createDialog, type Dialog } from '../dialog.ts';
import { el, setText } from '../dom.ts';
import { capital, editable } from '../format.ts';
import { tex } from '../math.ts';
import type { CodeFile, Half } from './code.ts';

/** The two files of an optimizer: each says the whole recurrence, independently of the other. */
const HALVES = [
  { value: 'kernel', text: 'WGSL', title: 'What the GPU runs, in float32' },
  { value: 'reference', text: 'TypeScript', title: 'The reference, in float64' },
] as const satisfies readonly { value: Half; text: string; title: string }[];

/** A file of an optimizer as it was written; these texts come when they are asked for. */
async function codeOf({ id }: Optimizer, half: Half): Promise<CodeFile> {
  const { CODE } = await import('./code.ts');
  return CODE[half](id);
}

const number = (value: number): string => editable(value).replace(/-/g, '−');

/** A value as the panel shows it: a switch is on or off. */
const shownValue = ({ scale }: HyperSpec, value: number): string =>
  scale === 'switch' ? (value === 1 ? 'on' : 'off') : number(value);

const rangeOf = (spec: HyperSpec): string =>
  spec.scale === 'switch' ? 'off, on' : `${number(spec.min)} … ${number(spec.max)}`;

/** All hyperparameters with what they mean, their defaults and what is accepted. */
function hyperTable(specs: readonly HyperSpec[]): HTMLTableElement {
  const head = ['Symbol', 'Hyperparameter', 'Default', 'Accepted'].map((text) => el('th', { scope: 'col' }, text));
  const rows = specs.map((spec) =>
    el(
      'tr',
      {},
      el('td', {}, tex(spec.symbol)),
      el(
        'th',
        { scope: 'row' },
        capital(spec.name),
        ' ',
        el('code', { class: 'optimizer-key' }, spec.key),
        el('span', { class: 'optimizer-help' }, spec.help),
      ),
      el('td', { class: 'optimizer-number' }, shownValue(spec, spec.default)),
      el('td', { class: 'optimizer-number' }, rangeOf(spec)),
    ),
  );
  return el('table', { class: 'optimizer-hyper' }, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows));
}

/** What else is to be said of an optimizer, as pairs. */
function factsOf({ id, hyper, state, source }: Optimizer): [string, string][] {
  const start = newLane(id, 0).hyper;
  const set = hyper
    .filter(({ key }) => key in start)
    .map((spec) => `${spec.name} ${shownValue(spec, start[spec.key])}`);
  return [
    ['State variables', state.length === 0 ? 'none' : `${state.length} for each parameter: ${state.join(', ')}`],
    ['A new lane starts with', set.join(', ')],
    ['Source', source],
  ];
}

/** All words by which an optimizer is found. */
const wordsOf = ({ id, name, summary, source, hyper }: Optimizer): string =>
  [id, name, summary, source, ...hyper.map((spec) => spec.name)].join(' ').toLowerCase();

/** All optimizers with a field that finds them by their words, and all that is known of the one that is read. */
export function createOptimizerPage({ store, actions, say }: Context): Dialog {
  let read: Optimizer = optimizers[0];
  let half: Half = 'kernel';

  const choices = optimizers.map((optimizer) => {
    const input = el('input', {
      type: 'radio',
      name: 'optimizer-page',
      value: optimizer.id,
      on: { change: () => show(optimizer) },
    });
    const label = el('label', { class: 'optimizer-choice' }, input, el('span', {}, optimizer.name));
    return { optimizer, words: wordsOf(optimizer), input, label };
  });
  const none = el('p', { class: 'note', role: 'status', hidden: true }, 'No optimizer has all of these words.');
  const search = el('input', {
    type: 'search',
    class: 'gallery-search',
    placeholder: 'Name, author or what it does',
    'aria-label': 'Search the optimizers',
    spellcheck: 'false',
    autocomplete: 'off',
    on: {
      input: () => sift(),
      keydown: (event) => {
        const first = choices.find(({ label }) => !label.hidden);
        if (event.key === 'Enter' && first) show(first.optimizer);
      },
    },
  });
  const list = el(
    'div',
    { class: 'optimizer-list', role: 'radiogroup', 'aria-label': 'Optimizers' },
    ...choices.map(({ label }) => label),
  );

  const name = el('h3', { class: 'optimizer-name' });
  const summary = el('p', { class: 'optimizer-summary' });
  const rule = el('div', { class: 'optimizer-rule rule-lines' });
  const hyper = el('div');
  const facts = el('dl', { class: 'optimizer-facts' });
  const path = el('p', { class: 'note optimizer-path' });
  const text = el('code');
  const halves = segments('Code', HALVES, (value) => {
    half = value as Half;
    showCode();
  });
  halves.set(half);

  const finish = (change: Parameters<typeof actions.edit>[0], told: string): void => {
    dialog.element.close();
    actions.edit(change);
    say(told);
  };
  const use = button('Use in this lane', () =>
    finish((scene) => withOptimizer(scene, scene.selected, read.id), `The lane has ${read.name} now.`),
  );
  const add = button('Add as a lane', () =>
    finish((scene) => withLane(scene, read.id), `A lane of ${read.name} is added.`),
  );

  const details = el(
    'article',
    { class: 'optimizer-read', 'aria-live': 'off' },
    name,
    summary,
    el('div', { class: 'optimizer-buttons' }, use, add),
    el('h4', { class: 'overline' }, 'Update rule'),
    rule,
    el('h4', { class: 'overline' }, 'Hyperparameters'),
    hyper,
    facts,
    el('div', { class: 'optimizer-code-head' }, el('h4', { class: 'overline' }, 'Code'), halves.element),
    path,
    el('pre', { class: 'optimizer-code', tabindex: 0, role: 'region', 'aria-label': 'Code of the optimizer' }, text),
  );
  const dialog = createDialog(
    'Optimizers',
    'optimizers',
    el('div', { class: 'optimizer-columns' }, el('div', { class: 'optimizer-side' }, search, none, list), details),
  );

  const showCode = (): void => {
    const wanted = `${read.id} ${half}`;
    codeOf(read, half).then(
      (file) => {
        if (wanted === `${read.id} ${half}`) {
          setText(path, file.path);
          setText(text, file.text);
        }
      },
      () => setText(text, 'The code could not be loaded.'),
    );
  };

  const show = (optimizer: Optimizer): void => {
    read = optimizer;
    for (const choice of choices) {
      choice.input.checked = choice.optimizer === optimizer;
    }
    setText(name, optimizer.name);
    setText(summary, optimizer.summary);
    rule.replaceChildren(...optimizer.rule.map((line) => el('div', {}, tex(line, true))));
    hyper.replaceChildren(hyperTable(optimizer.hyper));
    facts.replaceChildren(...factsOf(optimizer).flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]));
    const { lanes, selected } = store.scene;
    use.disabled = lanes[selected].optimizer === optimizer.id;
    add.disabled = lanes.length >= LIMITS.lanes;
    add.title = add.disabled ? `There are ${LIMITS.lanes} lanes, which is all there is room for.` : '';
    showCode();
  };

  /** Leaves what has all typed words. */
  const sift = (): void => {
    const typed = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { words, label } of choices) {
      label.hidden = !typed.every((word) => words.includes(word));
    }
    none.hidden = choices.some(({ label }) => !label.hidden);
  };

  return {
    element: dialog.element,
    open() {
      const { lanes, selected } = store.scene;
      search.value = '';
      sift();
      show(optimizers.find(({ id }) => id === lanes[selected].optimizer) ?? optimizers[0]);
      dialog.open();
      details.scrollTop = 0;
      const chosen = choices.find(({ optimizer }) => optimizer === read);
      chosen?.label.scrollIntoView({ block: 'nearest' });
      search.focus();
    },
  };
}

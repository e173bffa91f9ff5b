import { createDialog, type Dialog } from './dialog.ts';
import { el } from './dom.ts';
import type { Shortcut, SingleKeys } from './keys.ts';

const HAND: readonly (readonly [string, string])[] = [
  ['Click the terrain', 'A particle starts there, in every lane'],
  ['Shift and drag', 'A cloud of particles starts there'],
  ['Drag', 'Turn the picture'],
  ['Wheel, pinch', 'Nearer, farther'],
  ['Right drag, two fingers', 'Move the picture'],
  ['Click a listed point', 'Look at it, and start particles around it'],
  ['Chain of a view', 'Compare: its camera goes its own way, or with the others'],
  ['Point at a curve, a row, a particle', 'Compare: its lane stands out everywhere; a click on a curve selects it'],
  ['Drag on a chart', 'Compare: goes to that step of the run'],
  ['Double-click a slider', 'Back to its first value'],
  ['Drop a scene’s file', 'Opens it'],
];

/** All keys and what the hand can do, and the switch for single-letter keys. */
export function createHelp(shortcuts: readonly Shortcut[], single: SingleKeys): Dialog {
  const box = el('input', {
    type: 'checkbox',
    class: 'switch',
    on: {
      change: () => {
        single.on = box.checked;
      },
    },
  });
  const dialog = createDialog(
    'Keys and hand',
    'help',
    el(
      'div',
      { class: 'help-columns' },
      el(
        'dl',
        { class: 'help-keys' },
        ...shortcuts.flatMap(({ shown, does }) => [
          el('dt', {}, ...shown.map((key) => (key === '…' ? key : el('kbd', {}, key)))),
          el('dd', {}, does),
        ]),
      ),
      el('dl', { class: 'help-hand' }, ...HAND.flatMap(([what, does]) => [el('dt', {}, what), el('dd', {}, does)])),
    ),
    el('label', { class: 'row help-switch' }, el('span', {}, 'Single-letter keys, Space and digits'), box),
    el('p', { class: 'note' }, 'A focused control keeps its own keys. All is computed in this page, and nothing is sent anywhere.'),
  );
  return {
    element: dialog.element,
    open() {
      box.checked = single.on;
      dialog.open();
    },
  };
}

import { tinykeys } from 'tinykeys';
import type { Actions } from './actions.ts';

/** A key and what it does. */
export interface Shortcut {
  /** In tinykeys' notation. */
  readonly keys: readonly string[];
  /** As it is printed on keyboards. */
  readonly shown: readonly string[];
  readonly does: string;
  /** A single character, which can be switched off; others stay. */
  readonly single: boolean;
  /** Held down, it acts again and again. */
  readonly repeats?: boolean;
  press(event: KeyboardEvent): void;
}

/** What is kept of a person's wishes beyond the scene. */
const STORED = 'thalweg.single-keys';

/** All keys. */
export function shortcutsOf(
  actions: Actions,
  showHelp: () => void,
  showGallery: () => void,
  showOptimizers: () => void,
  showRecord: () => void,
): readonly Shortcut[] {
  const digits = Array.from({ length: 8 }, (_, k) => String(k + 1));
  return [
    { keys: ['Space'], shown: ['Space'], does: 'Play or pause', single: true, press: actions.togglePlay },
    { keys: ['ArrowRight'], shown: ['→'], does: 'One step', single: false, repeats: true, press: actions.step },
    { keys: ['r'], shown: ['R'], does: 'Restart', single: true, press: actions.restart },
    {
      keys: digits,
      shown: ['1', '…', '8'],
      does: 'Select a lane',
      single: true,
      press: (event) => actions.select(Number(event.key) - 1),
    },
    { keys: ['v'], shown: ['V'], does: 'Next view: 3D, map, profile', single: true, press: actions.nextView },
    { keys: ['e'], shown: ['E'], does: 'Explore, or compare', single: true, press: actions.nextViews },
    { keys: ['c'], shown: ['C'], does: 'Camera back to the first view', single: true, press: actions.resetCamera },
    { keys: ['f'], shown: ['F'], does: 'Next gradient field', single: true, press: actions.nextField },
    { keys: ['g'], shown: ['G'], does: 'Gallery of surfaces', single: true, press: showGallery },
    { keys: ['o'], shown: ['O'], does: 'Optimizers: rules and code', single: true, press: showOptimizers },
    { keys: ['s'], shown: ['S'], does: 'Save the picture', single: true, press: () => void actions.savePicture() },
    { keys: ['Shift+R'], shown: ['Shift', 'R'], does: 'Record a film or a picture', single: true, press: showRecord },
    { keys: ['m'], shown: ['M'], does: 'Dark or light', single: true, press: actions.toggleTheme },
    { keys: ['$mod+z'], shown: ['Ctrl', 'Z'], does: 'Undo', single: false, press: actions.undo },
    { keys: ['$mod+Shift+z', '$mod+y'], shown: ['Ctrl', 'Shift', 'Z'], does: 'Redo', single: false, press: actions.redo },
    { keys: ['Shift+?', '?'], shown: ['?'], does: 'This list', single: true, press: showHelp },
  ];
}

const ARROWS = /^(Arrow|Home$|End$|Page)/;

/** Keys that a kind of control needs itself. */
const OWN_KEYS: readonly { readonly control: string; readonly keeps: (event: KeyboardEvent) => boolean }[] = [
  { control: 'input[type="range"], input[type="radio"]', keeps: ({ key }) => ARROWS.test(key) || key === ' ' },
  { control: 'input[type="checkbox"], button, summary, a[href]', keeps: ({ key }) => key === ' ' || key === 'Enter' },
  { control: 'input, textarea, [contenteditable]', keeps: () => true },
  { control: 'select', keeps: ({ key, ctrlKey, metaKey }) => !ctrlKey && !metaKey && (key.length === 1 || ARROWS.test(key)) },
];

/** Whether a key belongs to the control that has the focus, or to an open dialog. */
export function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) {
    return false;
  }
  if (target.closest('dialog[open]')) {
    return true;
  }
  return OWN_KEYS.find(({ control }) => target.matches(control))?.keeps(event) ?? false;
}

/** Whether single-letter keys act; kept for the next visit where the browser allows it. */
export interface SingleKeys {
  on: boolean;
}

/** Reads the wish, and remembers each change of it. */
export function singleKeys(storage: () => Storage): SingleKeys {
  let on = true;
  try {
    on = storage().getItem(STORED) !== 'off';
  } catch {
    // No storage: the keys are on, as for anybody new.
  }
  return {
    get on() {
      return on;
    },
    set on(next) {
      on = next;
      try {
        storage().setItem(STORED, next ? 'on' : 'off');
      } catch {
        // It then holds for this visit.
      }
    },
  };
}

/** Listens for the keys. */
export function listenForKeys(shortcuts: readonly Shortcut[], single: SingleKeys): void {
  const bindings = shortcuts.flatMap((shortcut) =>
    shortcut.keys.map((key) => [
      key,
      (event: KeyboardEvent) => {
        const muted = (shortcut.single && !single.on) || (event.repeat && !shortcut.repeats);
        if (!muted && !isTaken(event)) {
          event.preventDefault();
          shortcut.press(event);
        }
      },
    ]),
  );
  // Captured: controls of the panel keep key events from rising, also those that mean nothing to them.
  tinykeys(window, Object.fromEntries(bindings), { capture: true });
}

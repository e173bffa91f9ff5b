import { type Controller, GUI } from 'lil-gui';
import { el, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { bound } from './bound.ts';

/** An empty panel of controls in a container; it is dressed by our own stylesheet alone. */
export function panel(container: HTMLElement): GUI {
  const gui = new GUI({ container, injectStyles: false });
  gui.$title.remove();
  return gui;
}

/** A part of a panel that is folded at first, with a word on what is in it. */
export interface Fold {
  readonly open: boolean;
  summary(text: string): void;
}

/**
 * Makes a folded part of a panel.
 * @param fill adds its controls; called when it is first opened, since few are
 * @param open whether it is not folded after all
 */
export function fold(parent: GUI, title: string, fill: (gui: GUI) => void | Promise<void>, open = false): Fold {
  const gui = parent.addFolder(title).close();
  gui.$title.setAttribute('type', 'button');
  const summary = el('span', { class: 'fold-summary' });
  gui.$title.replaceChildren(icon('chevron'), el('span', {}, title), summary);
  let filled = false;
  const failed = el(
    'p',
    { class: 'note' },
    'These settings did not come: is the server still there? Open them again to try again.',
  );
  const opened = async (): Promise<void> => {
    if (filled || gui._closed) {
      return;
    }
    filled = true;
    failed.remove();
    try {
      await fill(gui);
    } catch {
      filled = false;
      gui.$children.append(failed);
    }
  };
  gui.onOpenClose(() => void opened());
  if (open) {
    gui.open();
  }
  return {
    get open() {
      return !gui._closed;
    },
    summary: (text) => setText(summary, text),
  };
}

/** What a select shows and changes. */
export interface SelectFacts {
  readonly name: string;
  readonly help: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  get(): string;
  set(id: string): void;
}

/** One of several, in a select. */
export function select(parent: GUI, { name, help, options, get, set }: SelectFacts): Controller {
  const names = Object.fromEntries(options.map((option) => [option.name, option.id]));
  const controller = parent.add(bound(get, set), 'value', names).name(name);
  controller.domElement.title = help;
  return controller;
}

/** What a switch shows and changes. */
export interface SwitchFacts {
  readonly name: string;
  readonly help: string;
  get(): boolean;
  set(on: boolean): void;
}

/** Something that is on or off. */
export function toggle(parent: GUI, { name, help, get, set }: SwitchFacts): Controller {
  const controller = parent.add(bound(get, set), 'value').name(name);
  controller.domElement.title = help;
  return controller;
}

/** Has every control of a panel show its value anew. */
export function refresh(gui: GUI): void {
  for (const controller of gui.controllersRecursive()) {
    controller.updateDisplay();
  }
}

import { iconButton } from './controls/button.ts';
import { type Child, el, freshId } from './dom.ts';

/** Something that opens over the page and is left with Escape, its cross or a click beside it. */
export interface Dialog {
  readonly element: HTMLDialogElement;
  open(): void;
}

/** Makes a dialog with a heading. */
export function createDialog(heading: string, className: string, ...contents: readonly Child[]): Dialog {
  const id = freshId('dialog');
  const element = el(
    'dialog',
    {
      class: `dialog ${className}`,
      'aria-labelledby': id,
      on: {
        click: (event) => {
          if (event.target === element) {
            element.close();
          }
        },
      },
    },
    el(
      'div',
      { class: 'dialog-body' },
      el('div', { class: 'dialog-head' }, el('h2', { id }, heading), iconButton('close', 'Close', () => element.close())),
      ...contents,
    ),
  );
  return { element, open: () => element.showModal() };
}

/**
 * Opens a dialog whose code comes when it is first asked for: a visitor who only watches need not wait for it.
 * @param failed told when the code does not come
 */
export function openedLater(load: () => Promise<Dialog>, failed: () => void): () => void {
  let dialog: Promise<Dialog> | null = null;
  const loaded = async (): Promise<Dialog> => {
    const made = await load();
    document.body.append(made.element);
    return made;
  };
  return () => {
    dialog ??= loaded();
    dialog.then(
      ({ open }) => open(),
      () => {
        // Asked for again it may come.
        dialog = null;
        failed();
      },
    );
  };
}

import { el, freshId, setAttribute } from './dom.ts';

/** A tab of the sheet. */
export interface Tab {
  readonly name: string;
  readonly panel: HTMLElement;
}

/** The panels of a narrow page: a sheet from below with tabs, at one of three heights. */
export interface Sheet {
  readonly element: HTMLElement;
  /** Puts the transport, which stands elsewhere on a wide page, at the sheet's top. */
  takeTransport(): void;
  /** Calls a tab by another name. */
  rename(tab: number, name: string): void;
  /** Pixels that it covers now. */
  height(): number;
}

const HEIGHTS = ['low', 'middle', 'high'] as const;

type Height = (typeof HEIGHTS)[number];

/** A drag of fewer pixels is a tap. */
const TAP = 6;

/** Makes the sheet; calls back when its height changes. */
export function createSheet(tabs: readonly Tab[], transport: HTMLElement, changed: () => void): Sheet {
  let height: Height = 'middle';
  const handle = el('button', { type: 'button', class: 'sheet-handle', 'aria-label': 'Height of the panel' }, el('span'));
  const body = el('div', { class: 'sheet-body' }, ...tabs.map(({ panel }) => panel));
  const buttons = tabs.map(({ name, panel }, k) => {
    const id = freshId('tab');
    setAttribute(panel, 'role', 'tabpanel');
    setAttribute(panel, 'aria-labelledby', id);
    return el('button', { type: 'button', role: 'tab', id, class: 'tab', 'aria-controls': panel.id, on: { click: () => choose(k, true) } }, name);
  });
  const list = el(
    'div',
    {
      class: 'tab-list',
      role: 'tablist',
      'aria-label': 'Panels',
      on: {
        keydown: ({ key }) => {
          const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
          if (step !== 0) {
            const next = (chosen + step + tabs.length) % tabs.length;
            choose(next, false);
            buttons[next].focus();
          }
        },
      },
    },
    ...buttons,
  );
  const element = el('section', { class: 'sheet', 'aria-label': 'Panel' }, handle, transport, body, list);
  let chosen = 0;

  const setHeight = (next: Height): void => {
    height = next;
    element.style.height = '';
    setAttribute(element, 'data-height', next);
    setAttribute(handle, 'aria-expanded', String(next !== 'low'));
    changed();
  };

  const choose = (next: number, opens: boolean): void => {
    // The tab that is open already folds the sheet away, another one opens it.
    if (opens) {
      setHeight(next === chosen && height !== 'low' ? 'low' : height === 'low' ? 'middle' : height);
    }
    chosen = next;
    buttons.forEach((button, k) => {
      setAttribute(button, 'aria-selected', String(k === next));
      button.tabIndex = k === next ? 0 : -1;
      tabs[k].panel.hidden = k !== next;
    });
    body.scrollTop = 0;
  };

  let drag: { readonly y: number; readonly height: number; moved: boolean } | null = null;
  handle.addEventListener('pointerdown', (event) => {
    drag = { y: event.clientY, height: element.offsetHeight, moved: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (drag && (drag.moved || Math.abs(event.clientY - drag.y) > TAP)) {
      drag.moved = true;
      setAttribute(element, 'data-dragging', '');
      element.style.height = `${Math.max(80, drag.height + drag.y - event.clientY)}px`;
    }
  });
  const drop = (): void => {
    if (drag?.moved) {
      const share = element.offsetHeight / window.innerHeight;
      setHeight(share < 0.3 ? 'low' : share < 0.64 ? 'middle' : 'high');
    }
    setAttribute(element, 'data-dragging', null);
  };
  handle.addEventListener('pointerup', drop);
  handle.addEventListener('pointercancel', drop);
  handle.addEventListener('click', () => {
    if (!drag?.moved) {
      setHeight(HEIGHTS[(HEIGHTS.indexOf(height) + 1) % HEIGHTS.length]);
    }
    drag = null;
  });

  choose(0, false);
  setHeight('middle');

  return {
    element,
    rename(tab, name) {
      buttons[tab].textContent = name;
    },
    takeTransport: () => handle.after(transport),
    height: () => element.offsetHeight,
  };
}

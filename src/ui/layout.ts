import { segments } from './controls/button.ts';
import { el, freshId, setAttribute } from './dom.ts';
import { createSheet } from './sheet.ts';
import type { Insets } from './view-port.ts';

/** Up to this width the panels are a sheet from below with tabs. */
const SHEET = '(max-width: 900px)';

/** The parts to be placed. */
export interface Placed {
  readonly stage: HTMLElement;
  readonly topBar: HTMLElement;
  readonly surface: HTMLElement;
  readonly loss: HTMLElement;
  readonly lanes: HTMLElement;
  readonly lane: HTMLElement;
  readonly settings: HTMLElement;
  readonly legend: HTMLElement;
  readonly transport: HTMLElement;
  readonly notices: HTMLElement;
  /** Controls that a narrow page has no room for at the top. */
  readonly topActions: HTMLElement;
}

/** The parts of Compare: frames over the picture, and what comes of the comparison. */
export interface Compared {
  readonly cells: HTMLElement;
  readonly results: HTMLElement;
  /** What stands beside the choice of what the column shows. */
  readonly tools: HTMLElement;
}

/** What the column of Compare shows, one at a time. */
type Shelf = 'results' | 'lanes' | 'surface';

/** The tab of the sheet that in Compare shows the results too. */
const RESULTS = 'Loss';

/** Where everything stands. */
export interface Layout {
  /** Makes room for Compare, or for Explore. */
  compare(parts: Compared | null): void;
  insets(): Insets;
}

/** CSS pixels at each side of a narrow page that the picture keeps free. */
const EDGE = 10;

/** Places the parts: columns beside the picture where there is room, else a sheet below it. Calls back when the free part of the picture changes. */
export function createLayout(root: HTMLElement, parts: Placed, changed: () => void): Layout {
  const left = el('div', { class: 'column column-left' });
  const right = el('div', { class: 'column column-right' });
  const panel = el('div', { class: 'card panel' });
  const tabs = (
    [
      ['Lanes', [parts.lanes, parts.lane]],
      ['Surface', [parts.surface]],
      [RESULTS, [parts.loss]],
      ['More', [parts.topActions, parts.settings]],
    ] as const
  ).map(([name, contents]) => ({ name, contents, panel: el('div', { class: 'tab-panel', id: freshId('tab-panel') }) }));
  const sheet = createSheet(tabs, parts.transport, () => changed());
  let compared: Compared | null = null;
  let shelf: Shelf = 'results';
  const shelves = segments(
    'Column',
    [
      { value: 'results', text: 'Results' },
      { value: 'lanes', text: 'Lanes' },
      { value: 'surface', text: 'Surface' },
    ],
    (value) => {
      shelf = value as Shelf;
      arrange();
    },
  );
  shelves.element.classList.add('shelves');
  const narrow = window.matchMedia(SHEET);
  const topEnd = parts.topBar.lastElementChild;

  const arrange = (): void => {
    const focused = document.activeElement;
    setAttribute(root, 'data-layout', narrow.matches ? 'sheet' : 'columns');
    setAttribute(root, 'data-compare', compared ? '' : null);
    const cells = compared ? [compared.cells] : [];
    if (narrow.matches) {
      for (const tab of tabs) {
        tab.panel.replaceChildren(...(compared && tab.name === RESULTS ? [compared.results, compared.tools] : []), ...tab.contents);
      }
      sheet.rename(tabs.findIndex(({ name }) => name === RESULTS), compared ? 'Results' : RESULTS);
      sheet.takeTransport();
      root.replaceChildren(parts.stage, ...cells, parts.topBar, parts.legend, sheet.element, parts.notices);
    } else {
      panel.replaceChildren(parts.lanes, parts.lane, parts.settings);
      left.replaceChildren(parts.surface, parts.loss);
      parts.topBar.insertBefore(parts.topActions, topEnd);
      if (compared) {
        const shown: Readonly<Record<Shelf, readonly HTMLElement[]>> = {
          results: [compared.results],
          lanes: [panel, parts.legend],
          surface: [parts.surface, parts.loss],
        };
        shelves.set(shelf);
        right.replaceChildren(el('div', { class: 'shelf-row' }, shelves.element, compared.tools), ...shown[shelf]);
        root.replaceChildren(parts.topBar, parts.stage, ...cells, right, parts.transport, parts.notices);
      } else {
        right.replaceChildren(panel, parts.legend);
        root.replaceChildren(parts.topBar, left, parts.stage, right, parts.transport, parts.notices);
      }
    }
    if (focused instanceof HTMLElement && focused.isConnected) {
      focused.focus();
    }
    changed();
  };

  narrow.addEventListener('change', arrange);
  arrange();
  const watcher = new ResizeObserver(() => {
    root.style.setProperty('--sheet-height', `${sheet.height()}px`);
    changed();
  });
  for (const part of [root, left, right, parts.transport, parts.topBar, parts.legend, sheet.element]) {
    watcher.observe(part);
  }

  return {
    compare(next) {
      if (next?.cells !== compared?.cells) {
        compared = next;
        arrange();
      }
    },
    insets() {
      const box = root.getBoundingClientRect();
      const top = parts.topBar.getBoundingClientRect().bottom - box.top;
      if (narrow.matches) {
        // The legend floats above the sheet, and may be hidden. A sheet that covers nearly all leaves the picture as it is behind it.
        const { offsetHeight } = parts.legend;
        const covered = offsetHeight > 0 ? box.bottom - parts.legend.getBoundingClientRect().top : sheet.height();
        const bottom = Math.min(covered, 0.62 * box.height);
        return { top, right: EDGE, bottom, left: EDGE };
      }
      return {
        top,
        right: box.right - right.getBoundingClientRect().left,
        bottom: box.bottom - parts.transport.getBoundingClientRect().top,
        left: left.getBoundingClientRect().right - box.left,
      };
    },
  };
}

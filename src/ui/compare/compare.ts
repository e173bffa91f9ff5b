import type { Context, Part } from '../context.ts';
import type { Compared } from '../layout.ts';
import type { Cells } from './cells.ts';

/** Compare, once it is there. */
interface Opened {
  readonly cells: Cells;
  readonly results: Part & { readonly tools: HTMLElement; show(shown: boolean): void };
}

/** What the page does with Compare. */
export interface CompareOptions {
  readonly stage: HTMLElement;
  readonly context: Context;
  /** Opens a lane's menu beside a button. */
  readonly openMenu: (lane: number, button: HTMLElement) => void;
  /** Makes room for its parts, or takes them away. */
  place(parts: Compared | null): void;
  /** Told when its code does not come. */
  failed(): void;
}

/** Opens and closes Compare as the scene says; its code comes when it is first opened. */
export function createCompare({
  stage,
  context,
  openMenu,
  place,
  failed,
}: CompareOptions): Omit<Part, 'element'> & { moved(): void } {
  let opened: Opened | null = null;
  let asked = false;

  const load = async (): Promise<void> => {
    const [{ createCells }, { createComparePanel }, { watchPointer }] = await Promise.all([
      import('./cells.ts'),
      import('./compare-panel.ts'),
      import('./pointed.ts'),
    ]);
    const cells = createCells(stage, context, openMenu);
    opened = { cells, results: createComparePanel(context) };
    watchPointer(stage, context, cells.laneAt);
    show();
  };

  const show = (): void => {
    const { scene } = context.store;
    const wanted = scene.picture.views !== 'one';
    if (!opened) {
      if (wanted && !asked) {
        asked = true;
        load().catch(() => {
          // Asked for again it may come.
          asked = false;
          failed();
        });
      }
      return;
    }
    place(
      wanted ? { cells: opened.cells.element, results: opened.results.element, tools: opened.results.tools } : null,
    );
    opened.cells.show(scene.picture.views === 'each');
    opened.results.show(wanted);
    if (wanted) {
      opened.cells.scene?.(scene);
      opened.results.scene?.(scene);
    }
  };

  return {
    moved: () => opened?.cells.moved(),
    scene: show,
    frame() {
      opened?.cells.frame?.();
      opened?.results.frame?.();
    },
    *beat() {
      yield* opened?.cells.beat?.() ?? [];
      yield* opened?.results.beat?.() ?? [];
    },
    slice: () => opened?.results.slice?.() ?? false,
    theme: () => opened?.results.theme?.(),
  };
}

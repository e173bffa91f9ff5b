import type { Context, Part } from '../context.ts';

/** Milliseconds for which a run is shown before somebody looks what is the matter with it: the first picture goes first. */
const LATER = 2500;

type Desk = Pick<Part, 'frame' | 'beat' | 'slice'>;

/**
 * Judges what runs: the verdict on each lane stands in the elements of class `verdict-slot`, and what is the matter above the
 * picture. Its code comes when the first run has been shown for a while.
 */
export function createDiagnosis(stage: HTMLElement, context: Context): Desk {
  let desk: Desk | null = null;
  let since = 0;
  let asked = false;

  const load = async (): Promise<void> => {
    const { createDesk } = await import('./desk.ts');
    desk = createDesk(stage, context);
  };

  return {
    frame: () => desk?.frame?.(),
    slice: () => desk?.slice?.() ?? false,
    beat() {
      const now = performance.now();
      since ||= (context.run()?.step ?? 0) > 0 ? now : 0;
      if (!asked && since > 0 && now - since > LATER) {
        asked = true;
        // Nobody asked for it: where it does not come, the page is as good without.
        load().catch(() => {
          since = 0;
          asked = false;
        });
      }
      desk?.beat?.();
    },
  };
}

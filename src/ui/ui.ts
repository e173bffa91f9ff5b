import './fonts/fonts.ts';
import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/cards.css';
import './styles/pages.css';
import './styles/layout.css';
import './styles/compact.css';
import './styles/sheet.css';

import type { Critical } from '../analysis/critical.ts';
import type { Run } from '../compute/contract.ts';
import type { FollowedUpdate } from '../compute/engine/follow.ts';
import type { StudioDevice } from '../record/studio.ts';
import type { SceneStore } from '../scene/store.ts';
import { createActions } from './actions.ts';
import { createCompare } from './compare/compare.ts';
import type { Context, Part } from './context.ts';
import { createDiagnosis } from './diagnosis/diagnosis.ts';
import { openedLater } from './dialog.ts';
import { el } from './dom.ts';
import { takeDrops } from './files.ts';
import { counted } from './format.ts';
import { listenForKeys, shortcutsOf, singleKeys } from './keys.ts';
import { createLaneSettings } from './lanes/lane-settings.ts';
import { createLanesList } from './lanes/lanes-list.ts';
import { createUpdateRule } from './lanes/update-rule.ts';
import { createLayout } from './layout.ts';
import { createLegend } from './legend.ts';
import { createLossChart } from './loss/loss-chart.ts';
import { createNotices } from './notices.ts';
import { createSettings } from './settings/settings.ts';
import { createHoverCard } from './stage/hover-card.ts';
import { listenToPointer } from './stage/pointer.ts';
import { createSurfaceCard } from './surface/surface-card.ts';
import { Spotlight } from './spotlight.ts';
import { SpareTime } from './spare-time.ts';
import { applyTheme, onSystemTheme, themeOf } from './theme.ts';
import { createTopBar } from './top-bar.ts';
import { createTransport } from './transport.ts';
import type { Insets, ViewPort } from './view-port.ts';

/** What the page's surface is made for. */
export interface UiOptions {
  /** Filled with everything. */
  readonly root: HTMLElement;
  readonly store: SceneStore;
  /** Asked each time: a lost device brings a new run; null before the first. */
  run(): Run | null;
  view(): ViewPort | null;
  /** The stationary points of the ground that is drawn; null while they are searched for. */
  critical(): Critical | null;
  /** The newest update of the followed particle of the selected lane, or null. Asked ten times a second. */
  followed(): FollowedUpdate | null;
  /** A device for something beside the page's run; the CPU where there is no GPU. */
  openDevice(): Promise<StudioDevice>;
  /** Why the CPU computes, as a sentence; null on a GPU. */
  deviceReason(): string | null;
}

/** The page's surface. */
export interface Ui {
  /** Where the picture goes: it fills the page, below all panels. Clicks in it start particles. */
  readonly stage: HTMLElement;
  /** Who stands out, as long as a hand points at them. */
  readonly spotlight: Spotlight;
  /**
   * Once a frame.
   * @param milliseconds since the last
   * @param spent milliseconds that this frame's own work has taken already
   */
  frame(milliseconds: number, spent: number): void;
  /** Shows a sentence; a lasting one stays until it is dismissed. */
  notice(sentence: string, options?: { readonly lasting?: boolean }): void;
  /** Strips of the stage that panels lie over. The view is told of each change by itself. */
  insets(): Insets;
}

/** Milliseconds between two changes of numbers that people read. */
const BEAT = 100;

/** Builds the page's surface. */
export function createUi({ root, store, run, view, critical, followed, openDevice, deviceReason }: UiOptions): Ui {
  const notices = createNotices();
  const notice = (sentence: string): void => notices.show(sentence, false);
  const actions = createActions({ store, run, view, say: notices.say, notice });
  const spotlight = new Spotlight();
  const context: Context = {
    store,
    run,
    view,
    critical,
    followed,
    actions,
    openDevice,
    spotlight,
    say: notices.say,
    notice,
  };
  const stage = el('main', { class: 'stage', 'aria-label': 'Loss landscape' });

  const failed = (): void => notice('This part of the page did not come: is the server still there?');
  const openGallery = openedLater(async () => (await import('./surface/gallery.ts')).createGallery(context), failed);
  const openOptimizers = openedLater(
    async () => (await import('./optimizers/optimizer-page.ts')).createOptimizerPage(context),
    failed,
  );
  const openRecord = openedLater(
    async () => (await import('./record/record-dialog.ts')).createRecordDialog(context),
    failed,
  );
  const single = singleKeys(() => window.localStorage);
  const openHelp = openedLater(async () => (await import('./help.ts')).createHelp(shortcuts, single), failed);
  const shortcuts = shortcutsOf(actions, () => openHelp(), openGallery, openOptimizers, openRecord);
  listenForKeys(shortcuts, single);

  const topBar = createTopBar(context, openHelp, openGallery);
  const surface = createSurfaceCard(context, openGallery);
  const loss = createLossChart(context);
  const lanes = createLanesList(context);
  const lane = createLaneSettings(context, createUpdateRule(context), openOptimizers);
  const settings = createSettings(context);
  const legend = createLegend(context);
  const transport = createTransport(context, openRecord, deviceReason);
  const hover = createHoverCard(stage, context);

  root.classList.add('thalweg');
  stage.append(hover.element);
  let moved = true;
  const layout = createLayout(
    root,
    {
      stage,
      topBar: topBar.element,
      topActions: topBar.actions,
      surface: surface.element,
      loss: loss.element,
      lanes: lanes.element,
      lane: lane.element,
      settings: settings.element,
      legend: legend.element,
      transport: transport.element,
      notices: notices.element,
    },
    () => {
      moved = true;
    },
  );
  const compare = createCompare({ stage, context, openMenu: lanes.openMenu, place: layout.compare, failed });
  const diagnosis = createDiagnosis(stage, context);
  const parts: readonly Omit<Part, 'element'>[] = [
    topBar,
    surface,
    loss,
    lanes,
    lane,
    settings,
    legend,
    transport,
    hover,
    compare,
    diagnosis,
  ];
  listenToPointer(stage, context);
  takeDrops(root, (file) => void actions.openScene(file));

  const show = (): void => {
    const { scene } = store;
    const dressed = applyTheme(themeOf(scene.picture.theme));
    for (const part of parts) {
      part.scene?.(scene);
      if (dressed) {
        part.theme?.();
      }
    }
  };
  store.subscribe(show);
  onSystemTheme(show);
  show();

  let untilBeat = 0;
  let told: ViewPort | null = null;
  let state = '';

  /** Tells those who do not see it when it plays, pauses or rests. */
  const announce = (now: Run | null): void => {
    const next = now ? (now.playing ? 'Playing.' : (now.rest ?? 'Paused')) : '';
    if (next !== state) {
      const first = state === '';
      state = next;
      if (now && !first) {
        notices.say(
          now.playing
            ? next
            : now.rest
              ? `${now.rest} Step ${counted(now.step)}.`
              : `Paused at step ${counted(now.step)}.`,
        );
      }
    }
  };

  /** Brings one part after the other up to date when it is time to; tells slice by slice whether it was. */
  function* beats(): Generator<boolean, never> {
    for (;;) {
      while (untilBeat > 0) {
        yield false;
      }
      untilBeat = BEAT;
      announce(run());
      for (const part of parts) {
        for (const _ of part.beat?.() ?? []) {
          yield true;
        }
        yield true;
      }
    }
  }
  const beating = beats();
  const spare = new SpareTime([
    () => beating.next().value,
    ...parts.flatMap((part) => (part.slice ? [() => part.slice?.() ?? false] : [])),
  ]);

  return {
    stage,
    spotlight,
    notice: (sentence, { lasting = false } = {}) => notices.show(sentence, lasting),
    insets: () => layout.insets(),
    frame(milliseconds, spent) {
      const began = performance.now();
      const now = view();
      if (now && (moved || now !== told)) {
        moved = false;
        told = now;
        now.setInsets(layout.insets());
        compare.moved();
      }
      transport.passed(milliseconds);
      untilBeat -= milliseconds;
      for (const part of parts) {
        part.frame?.();
      }
      spare.frame(milliseconds, spent + performance.now() - began);
    },
  };
}

import '../styles/compare.css';

import { lanesOn } from '../../compute/engine/keys.ts';
import { laneNames } from '../../scene/lane-names.ts';
import type { Scene } from '../../scene/scene.ts';
import { type Cell, cellAt } from '../../view/cell.ts';
import { gridOf } from '../../view/grid.ts';
import type { Context, Part } from '../context.ts';
import { el } from '../dom.ts';
import { colourOf } from '../shapes.ts';
import type { ViewPort } from '../view-port.ts';
import { type CellHand, type CellHead, createCellHead } from './cell-head.ts';
import { OwnCameras } from './own-cameras.ts';

/** CSS pixels between cells, and on a small page. */
const GAP = 10;
const SMALL_GAP = 6;
const SMALL = 600;

/** Strips of a cell that its head and its edges take from the picture. */
const INSETS = { top: 24, right: 4, bottom: 8, left: 4 };

/** The cells of Compare: where each lane's view is, and what stands around it. */
export interface Cells extends Part {
  /** Shows them, or leaves the picture to all lanes. */
  show(shown: boolean): void;
  /** The free part of the page has changed. */
  moved(): void;
  /** The lane whose view is at a place of the page, or null. */
  laneAt(clientX: number, clientY: number): number | null;
}

/** Makes the cells: a frame for each lane that is on, over the part of the picture that shows it alone. */
export function createCells(
  stage: HTMLElement,
  { run, view, store, actions, say, spotlight }: Context,
  openMenu: CellHand['menu'],
): Cells {
  const element = el('div', { class: 'cells', 'aria-label': 'Lanes side by side', role: 'group', hidden: true });
  const cameras = new OwnCameras();
  let shown = false;
  let lit: number | null = null;
  let heads = new Map<number, CellHead>();
  let built = '';
  let told: ViewPort | null = null;
  let moved = true;
  let placed: readonly Cell[] = [];

  const flip = (lane: number, name: string): void => {
    cameras.flip(lane);
    moved = true;
    dress(store.scene);
    say(cameras.of(lane) === null ? `${name} is seen as the others are.` : `${name} has a camera of its own.`);
  };

  const build = (scene: Scene): void => {
    const names = laneNames(scene);
    const on = lanesOn(scene);
    const key = JSON.stringify(
      on.map((lane) => [lane, names[lane], scene.lanes[lane].colour, scene.lanes[lane].optimizer]),
    );
    if (key === built) {
      return;
    }
    built = key;
    moved = true;
    heads = new Map(
      on.map((lane) => [
        lane,
        createCellHead(scene, lane, names[lane], {
          select: () => actions.select(lane),
          link: () => flip(lane, names[lane]),
          menu: openMenu,
        }),
      ]),
    );
    element.replaceChildren(...[...heads.values()].map((head) => head.element));
  };

  const dress = (scene: Scene): void => {
    for (const [lane, head] of heads) {
      head.set(lane === scene.selected, cameras.of(lane) === null);
    }
  };

  /** The lane that is pointed at, in a chart above all. */
  const light = (): void => {
    if (spotlight.lane !== lit) {
      lit = spotlight.lane;
      for (const [lane, head] of heads) {
        head.element.classList.toggle('cell-lit', lane === lit);
      }
    }
  };

  /** Lays the cells out, and gives the picture the same rectangles. */
  const place = (port: ViewPort | null): void => {
    const [box, page] = [element.getBoundingClientRect(), stage.getBoundingClientRect()];
    const { scene } = store;
    const names = laneNames(scene);
    const gap = box.width < SMALL ? SMALL_GAP : GAP;
    const rectangles = gridOf(heads.size, box.width, box.height, gap);
    placed = [...heads].map(([lane, head], k): Cell => {
      const { left, top, width, height } = rectangles[k];
      const { style } = head.element;
      style.left = `${left}px`;
      style.top = `${top}px`;
      style.width = `${width}px`;
      style.height = `${height}px`;
      return {
        left: box.left - page.left + left,
        top: box.top - page.top + top,
        width,
        height,
        insets: INSETS,
        lane,
        camera: cameras.of(lane),
        name: names[lane],
        colour: colourOf(scene.lanes[lane]),
      };
    });
    port?.setCells(placed);
  };

  new ResizeObserver(() => {
    moved = true;
  }).observe(element);

  return {
    element,
    show(next) {
      if (next !== shown) {
        shown = next;
        element.hidden = !next;
        moved = true;
      }
    },
    moved() {
      moved = true;
    },
    laneAt(clientX, clientY) {
      if (!shown) {
        return null;
      }
      const page = stage.getBoundingClientRect();
      return cellAt(placed, clientX - page.left, clientY - page.top)?.lane ?? null;
    },
    scene(scene) {
      cameras.follow(scene);
      build(scene);
      dress(scene);
    },
    frame() {
      light();
      const port = view();
      if (!moved && port === told) {
        return;
      }
      moved = false;
      told = port;
      if (shown) {
        place(port);
      } else {
        port?.setCells([]);
      }
    },
    *beat() {
      for (const [lane, head] of shown ? heads : []) {
        const now = run();
        head.beat(
          store.scene,
          now?.step ?? 0,
          now?.lanes.find((other) => other.lane === lane),
        );
        yield;
      }
    },
  };
}

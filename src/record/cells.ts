import { lanesOn } from '../compute/engine/keys.ts';
import { LANE_COLOURS } from '../scene/colours.ts';
import { laneNames } from '../scene/lane-names.ts';
import type { Scene } from '../scene/scene.ts';
import { gridOf } from '../view/grid.ts';
import type { Cell, Insets } from '../view/view.ts';

/** Pixels of the layout between two cells, and strips of each that its name and its edges take. */
const GAP = 12;
const INSETS: Insets = { top: 34, right: 6, bottom: 10, left: 6 };

/** The views of single lanes that a film has, where the scene compares them so; none else. */
export function filmCells(scene: Scene, width: number, height: number, insets: Insets): Cell[] {
  if (scene.picture.views !== 'each') {
    return [];
  }
  const on = lanesOn(scene);
  const names = laneNames(scene);
  const places = gridOf(on.length, width - insets.left - insets.right, height - insets.top - insets.bottom, GAP);
  return places.map(({ left, top, ...size }, k) => ({
    ...size,
    left: insets.left + left,
    top: insets.top + top,
    insets: INSETS,
    lane: on[k],
    camera: null,
    name: names[on[k]],
    colour: LANE_COLOURS[scene.lanes[on[k]].colour].hex,
  }));
}

import type { LaneRun } from '../../compute/contract.ts';
import type { Domain } from '../../landscape/surface.ts';
import type { Context } from '../context.ts';

/** Milliseconds that the pointer must rest before particles are read back. */
const REST = 90;

/** How near a particle must be, in widths of the domain. */
const NEAR = 0.02;

/** Lanes of more particles are not read back to see which is pointed at: they are a cloud to the eye, and much to read. */
const MOST = 65_536;

/** The lane of the particle nearest to a place, or null where none is near. */
export async function nearestLane(
  lanes: readonly LaneRun[],
  domain: Domain,
  x: number,
  y: number,
): Promise<number | null> {
  const [xmin, xmax, ymin, ymax] = domain;
  const few = lanes.filter(({ count }) => count <= MOST);
  const read = await Promise.all(few.map((lane) => lane.read()));
  let [nearest, least] = [null as number | null, NEAR];
  read.forEach(({ positions }, k) => {
    for (let i = 0; i < positions.length; i += 2) {
      const apart = Math.hypot((positions[i] - x) / (xmax - xmin), (positions[i + 1] - y) / (ymax - ymin));
      if (apart < least) {
        [nearest, least] = [few[k].lane, apart];
      }
    }
  });
  return nearest;
}

/**
 * In Compare, has the lane stand out that the pointer rests on in the picture: that of a view of its own, or of the particle there where all
 * share one terrain.
 * @param laneAt the lane whose own view is at a place of the page; null where views are shared
 */
export function watchPointer(
  stage: HTMLElement,
  { run, view, store, spotlight }: Context,
  laneAt: (x: number, y: number) => number | null,
): void {
  let asked = 0;
  let rest = 0;

  const look = async (x: number, y: number): Promise<void> => {
    asked += 1;
    const ticket = asked;
    const now = run();
    const place = view()?.pick(x, y);
    if (!now || !place) {
      return;
    }
    const lane = await nearestLane(now.lanes, now.landscape.domain, place.x, place.y);
    if (ticket === asked) {
      spotlight.point(lane);
    }
  };

  const leave = (): void => {
    window.clearTimeout(rest);
    asked += 1;
    spotlight.point(null);
  };

  stage.addEventListener('pointermove', ({ pointerType, buttons, clientX, clientY }) => {
    leave();
    if (pointerType !== 'mouse' || buttons !== 0 || store.scene.picture.views === 'one') {
      return;
    }
    const lane = laneAt(clientX, clientY);
    if (lane === null) {
      rest = window.setTimeout(() => {
        // A device that goes away meanwhile takes its particles along.
        look(clientX, clientY).catch(() => {});
      }, REST);
    } else {
      spotlight.point(lane, false);
    }
  });
  stage.addEventListener('pointerleave', leave);
}

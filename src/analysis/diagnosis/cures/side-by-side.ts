import { withLaneName, withLanesOn, withLaneTwice } from '../../../scene/choices.ts';
import { laneNames } from '../../../scene/lane-names.ts';
import type { Scene } from '../../../scene/scene.ts';
import { type CureChange, cured, type Remedy } from './cure.ts';

/** What the two lanes are called. */
const [BEFORE, AFTER] = ['Before', 'After'];

const PREFIX = new RegExp(`^(${BEFORE}|${AFTER}): `);

const forLane = (change: CureChange, lane: number): CureChange =>
  change.kind === 'start' ? change : { ...change, lane };

/**
 * A scene in which a lane runs beside itself as the remedy has it, each in a view of its own and the others switched off. Another
 * start is one for all lanes: then, and where there is no room for one more lane, the lane itself is changed.
 */
export function besideCured(scene: Scene, lane: number, { change }: Remedy): Scene {
  const twice = withLaneTwice(scene, lane);
  if (twice === scene || change.some(({ kind }) => kind === 'start')) {
    return cured(scene, change);
  }
  const name = laneNames(scene)[lane].replace(PREFIX, '');
  const after = lane + 1;
  const changed = cured(
    twice,
    change.map((one) => forLane(one, after)),
  );
  const named = withLaneName(withLaneName(changed, lane, `${BEFORE}: ${name}`), after, `${AFTER}: ${name}`);
  const two = withLanesOn(
    named,
    named.lanes.map((_, k) => k === lane || k === after),
  );
  return { ...two, picture: { ...two.picture, views: 'each' } };
}

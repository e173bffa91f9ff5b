import { lanesOn } from '../../compute/engine/keys.ts';
import { laneNames } from '../../scene/lane-names.ts';
import type { Tuning } from '../../compute/engine/tune.ts';
import type { Scene } from '../../scene/scene.ts';
import type { SceneStore } from '../../scene/store.ts';
import { curveFigure } from '../charts/curves.ts';
import { tickText } from '../../view/ticks.ts';
import { colourOf, outlineOf } from '../shapes.ts';
import type { RaceChart } from './charts.ts';
import type { Tuner } from './tuner.ts';

const tuningsOf = (scene: Scene, tuner: Tuner): Tuning[] =>
  lanesOn(scene).flatMap((lane) => tuner.of(scene, lane) ?? []);

const number = (value: number): string => tickText(value, 2);

/** The loss at the end over the learning rate, for each lane that is as its tuning left it. */
export const tuningChart = (store: SceneStore, tuner: Tuner): RaceChart => ({
  id: 'tuning',
  tab: 'Tuning',
  clock: null,
  key: (scene) =>
    tuningsOf(scene, tuner)
      .map(({ lane, best }) => `${lane} ${best.hyper.lr}`)
      .join(),
  *figure() {
    const { scene } = store;
    const tunings = tuningsOf(scene, tuner);
    const names = laneNames(scene);
    const finite = tunings.flatMap(({ curve }) => curve.map(({ median }) => median)).filter((loss) => loss < Infinity);
    return curveFigure({
      title: 'Loss at the end over the learning rate',
      note: 'median over the search’s starts; the ring is the rate that was taken',
      x: { label: 'learning rate', log: true, text: number },
      y: { label: 'loss at the end', log: finite.every((loss) => loss >= 0), text: number },
      steps: false,
      timed: false,
      curves: tunings.map(({ lane, curve, best }) => ({
        lane,
        name: names[lane],
        colour: colourOf(scene.lanes[lane]),
        outline: outlineOf(scene.lanes[lane]),
        x: curve.map(({ hyper }) => hyper.lr),
        y: curve.map(({ median }) => median),
        band: { low: curve.map(({ low }) => low), high: curve.map(({ high }) => high) },
        mark: best.hyper.lr,
      })),
    });
  },
});

import { arrows } from '../analysis/arrows.ts';
import { type Critical, search } from '../analysis/critical.ts';
import { typicalSlope } from '../analysis/slopes.ts';
import { type Streamline, streamlines } from '../analysis/streamlines.ts';
import type { LaneRun, ParticleSource } from '../compute/contract.ts';
import type { SceneRun } from '../compute/engine/run.ts';
import { lowEigenvector } from '../math/symmetric.ts';
import { LANE_COLOURS, LANE_SHAPES } from '../scene/colours.ts';
import { addedAt, heightOf } from '../scene/resolve.ts';
import type { PictureChoice, Scene } from '../scene/scene.ts';
import type { LaneDrawing } from './lanes.ts';
import type { MarkedPoint } from './markers.ts';
import { extentOf } from './projection.ts';
import type { View } from './view.ts';

/** A particle of a lane of the scene that the picture marks and the panel explains. */
export interface Followed {
  readonly lane: number;
  readonly particle: number;
}

/** The selected lane's newest particle, or its first. */
export function followedOf(scene: Scene): Followed {
  const added = addedAt(scene).reduce((sum, { points }) => sum + points.length, 0);
  const initial = scene.start.spawn === 'points' ? scene.start.points.length : scene.start.count;
  return { lane: scene.selected, particle: added > 0 ? initial + added - 1 : 0 };
}

/** Milliseconds of a frame that the search for stationary points may take. */
const SEARCH = 3;

/** The same for streamlines, which somebody waits for. */
const FLOW = 6;

/** Arrows along the longer side of the ground, and streamlines that would fill it side by side: on a page, and on one of fewer CSS pixels a side than that. */
const ARROWS = [24, 14] as const;
const LINES = [26, 17] as const;
const SMALL = 560;

/** Opacity of lanes that stand back behind one that is pointed at. */
const BEHIND = 0.16;

/** Tells a view what a run has: ground, marks, gradient field and lanes, as they become others. */
export class Presenter {
  /** The lane that all others stand back behind; null: none does. */
  lit: number | null = null;
  readonly #run: SceneRun;
  readonly #view: View;
  /** The search for what is to be marked on the ground that is drawn. */
  #searching: Generator<void, Critical> | null = null;
  #critical: Critical | null = null;
  #marks: readonly MarkedPoint[] = [];
  /** The gradient field that is drawn or searched: of which terrain, which kind, whether for a small page. */
  #fieldTerrain: unknown = null;
  #fieldKind: PictureChoice['field'] = 'none';
  #fieldSmall = false;
  #flowing: Generator<void, Streamline[]> | null = null;
  #small = false;
  #lanesDrawn = '';
  #terrainDrawn: unknown = null;
  #groundDrawn = '';

  constructor(run: SceneRun, view: View) {
    this.#run = run;
    this.#view = view;
  }

  /** The stationary points of the ground that is drawn; null while they are searched for. */
  get critical(): Critical | null {
    return this.#critical;
  }

  /** What is marked of them, as the view was told. */
  get marked(): readonly MarkedPoint[] {
    return this.#marks;
  }

  /** The picture is of so many CSS pixels. */
  resize(width: number, height: number): void {
    this.#small = Math.min(width, height) < SMALL;
  }

  /** What a frame has time for; the rest follows in the next ones. */
  update(followed: Followed | null): void {
    this.#present(followed, (share) => performance.now() + share);
  }

  /** All of it, however long it takes: the same picture on every machine. */
  complete(followed: Followed | null): void {
    this.#present(followed, () => Number.POSITIVE_INFINITY);
  }

  #present(followed: Followed | null, until: (share: number) => number): void {
    this.#setGround();
    this.#mark(until(SEARCH));
    this.#setField();
    this.#flow(until(FLOW));
    this.#setLanes(followed);
  }

  #setGround(): void {
    const { terrain, scene } = this.#run;
    if (!terrain) {
      return;
    }
    const ground = `${heightOf(scene)} ${scene.picture.palette}`;
    if (terrain === this.#terrainDrawn && ground === this.#groundDrawn) {
      return;
    }
    this.#view.setTerrain(terrain, heightOf(scene), scene.picture.palette);
    if (terrain !== this.#terrainDrawn) {
      this.#searching = search(this.#run.landscape, terrain);
      this.#critical = null;
      this.#setMarks([]);
    }
    this.#terrainDrawn = terrain;
    this.#groundDrawn = ground;
  }

  /** Goes on with the search, a little in each frame, and marks what was found when it is done. */
  #mark(until: number): void {
    while (this.#searching && performance.now() < until) {
      const { done, value } = this.#searching.next();
      if (done) {
        this.#searching = null;
        this.#critical = value;
        this.#setMarks(value.points.map((point) => this.#marked(point)));
      }
    }
  }

  #setMarks(points: readonly MarkedPoint[]): void {
    this.#marks = points;
    this.#view.setMarked(points);
  }

  /** Begins with another gradient field where another one is asked for. */
  #setField(): void {
    const { terrain, scene, landscape } = this.#run;
    const kind = terrain ? scene.picture.field : 'none';
    if (!terrain || (terrain === this.#fieldTerrain && kind === this.#fieldKind && this.#small === this.#fieldSmall)) {
      return;
    }
    this.#fieldTerrain = terrain;
    this.#fieldKind = kind;
    this.#fieldSmall = this.#small;
    this.#flowing = null;
    const extent = extentOf(landscape.domain);
    const size = this.#small ? 1 : 0;
    if (kind === 'arrows') {
      const typical = typicalSlope(terrain);
      this.#view.setField({ kind, arrows: arrows(landscape, { extent, across: ARROWS[size], typical }) });
      return;
    }
    this.#view.setField(null);
    if (kind === 'flow') {
      this.#flowing = streamlines(landscape, { extent, spacing: 1 / LINES[size] });
    }
  }

  /** Goes on with the streamlines, a little in each frame, and has them drawn when they are all there. */
  #flow(until: number): void {
    while (this.#flowing && performance.now() < until) {
      const { done, value } = this.#flowing.next();
      if (done) {
        this.#flowing = null;
        this.#view.setField({ kind: 'flow', lines: value });
      }
    }
  }

  #marked(point: Critical['points'][number]): MarkedPoint {
    const { formula, parameters } = this.#run.landscape;
    const hessian = new Float64Array(3);
    formula.hessian(point.x, point.y, parameters, hessian);
    return { ...point, low: lowEigenvector(hessian[0], hessian[1], hessian[2]) };
  }

  /** Lanes are handed over anew only when anything of them changed; their memory itself is shared. */
  #setLanes(followed: Followed | null): void {
    const { lit } = this;
    const { lanes, scene } = this.#run;
    let drawn = `${followed?.lane}.${followed?.particle} ${scene.selected} ${lit}`;
    for (const lane of lanes) {
      drawn += ` ${lane.id} ${lane.count} ${scene.lanes[lane.lane].colour} ${lane.ghost !== null}`;
    }
    if (drawn === this.#lanesDrawn) {
      return;
    }
    this.#lanesDrawn = drawn;
    const drawing = (lane: LaneRun, source: ParticleSource, ghost: boolean): LaneDrawing => {
      const { colour } = scene.lanes[lane.lane];
      const { hex } = LANE_COLOURS[colour];
      return {
        lane: lane.lane,
        source,
        colour: ghost ? paler(hex) : hex,
        shape: LANE_SHAPES[colour],
        front: lane.lane === (lit ?? scene.selected),
        opacity: lit === null || lit === lane.lane ? 1 : BEHIND,
      };
    };
    this.#view.setLanes([
      ...lanes.map((lane) => drawing(lane, lane.source, false)),
      ...lanes.flatMap((lane) => (lane.ghost ? [drawing(lane, lane.ghost, true)] : [])),
    ]);
    const index = lanes.findIndex((lane) => lane.lane === followed?.lane);
    this.#view.setFollowed(followed && index >= 0 ? { lane: index, particle: followed.particle } : null);
  }
}

/** The colour of a lane's ghost: halfway to white. */
function paler(hex: string): string {
  const channels = [1, 3, 5].map((at) => Math.round((Number.parseInt(hex.slice(at, at + 2), 16) + 255) / 2));
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

import { arrows } from './analysis/arrows.ts';
import { type Critical, search } from './analysis/critical.ts';
import { typicalSlope } from './analysis/slopes.ts';
import { type Streamline, streamlines } from './analysis/streamlines.ts';
import type { DeviceAnswer } from './device.ts';
import type { LaneRun, ParticleSource } from './compute/contract.ts';
import { SceneRun } from './compute/engine/run.ts';
import { LANE_COLOURS, LANE_SHAPES } from './scene/colours.ts';
import { equal } from './scene/equal.ts';
import { heightOf } from './scene/resolve.ts';
import type { PictureChoice, Scene } from './scene/scene.ts';
import { lowEigenvector } from './math/symmetric.ts';
import {
  createView,
  extentOf,
  type LaneDrawing,
  type MarkedPoint,
  type Theme,
  type View,
  type ViewEvents,
} from './view/view.ts';

/** A particle of a lane of the scene that the picture marks and the panel explains. */
export interface Followed {
  readonly lane: number;
  readonly particle: number;
}

/** Milliseconds of a frame that the search for stationary points may take. */
const SEARCH = 3;

/** The same for streamlines, which somebody waits for. */
const FLOW = 6;

/** Arrows along the longer side of the ground, and streamlines that would fill it side by side: on a page, and on one of fewer CSS pixels a side than that. */
const ARROWS = [24, 14] as const;
const LINES = [26, 17] as const;
const SMALL = 560;

/** What a session asks of the page around it. */
export interface SessionOptions {
  readonly answer: DeviceAnswer;
  readonly scene: Scene;
  /** Where canvas and labels go. */
  readonly stage: HTMLElement;
  readonly theme: Theme;
  readonly on: ViewEvents;
}

/** A scene running on one device and drawn by it: what lives and goes with that device. */
export class Session {
  readonly run: SceneRun;
  readonly view: View;
  readonly #canvas: HTMLCanvasElement;
  readonly #overlay: HTMLElement;
  #scene: Scene;
  /** The search for what is to be marked on the ground that is drawn. */
  #searching: Generator<void, Critical> | null = null;
  #critical: Critical | null = null;
  /** The gradient field that is drawn or searched: of which terrain, which kind, whether for a small page. */
  #fieldTerrain: unknown = null;
  #fieldKind: PictureChoice['field'] = 'none';
  #fieldSmall = false;
  #flowing: Generator<void, Streamline[]> | null = null;
  #small = false;
  #lanesDrawn = '';
  #terrainDrawn: unknown = null;
  #groundDrawn = '';
  #stepDrawn = -1;
  #last = performance.now();

  private constructor(run: SceneRun, view: View, canvas: HTMLCanvasElement, overlay: HTMLElement, scene: Scene) {
    this.run = run;
    this.view = view;
    this.#canvas = canvas;
    this.#overlay = overlay;
    this.#scene = scene;
  }

  /** The scene can be drawn then, and runs after `run.start`. @throws Error (rejects) when the device cannot draw it */
  static async create({ answer, scene, stage, theme, on }: SessionOptions): Promise<Session> {
    const canvas = document.createElement('canvas');
    const overlay = document.createElement('div');
    canvas.className = 'picture';
    overlay.className = 'labels';
    stage.prepend(canvas, overlay);
    const name = answer.device ? answer.adapter : 'CPU, float64';
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    const [run, view] = await Promise.all([
      SceneRun.create(answer.device, name, scene),
      createView({ canvas, device: answer.device, overlay, calm: () => calm.matches, on }),
    ]);
    const session = new Session(run, view, canvas, overlay, scene);
    view.setTheme(theme);
    view.setPicture(scene.picture);
    view.camera = scene.camera;
    return session;
  }

  /** The stationary points of the ground that is drawn; null while they are searched for. */
  get critical(): Critical | null {
    return this.#critical;
  }

  /** Takes a changed scene in. @throws ShaderError (rejects) when the device refuses its code; the old one runs on */
  async setScene(scene: Scene): Promise<void> {
    const previous = this.#scene;
    this.#scene = scene;
    if (scene.picture !== previous.picture) {
      this.view.setPicture(scene.picture);
    }
    if (scene.camera !== previous.camera && !equal(scene.camera, this.view.camera)) {
      this.view.camera = scene.camera;
    }
    await this.run.setScene(scene);
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#small = Math.min(width, height) < SMALL;
    this.view.resize(width, height, pixelRatio);
  }

  /**
   * Computes what is due and draws.
   * @param now milliseconds on the clock of requestAnimationFrame, whose frames may have begun before now
   */
  frame(now: number, followed: Followed | null): void {
    this.run.frame(Math.max(0, now - this.#last));
    this.#last = Math.max(this.#last, now);
    this.#setGround();
    this.#mark();
    this.#setField();
    this.#flow();
    this.#setLanes(followed);
    const { step } = this.run;
    this.view.draw(this.#last, step !== this.#stepDrawn);
    this.#stepDrawn = step;
  }

  dispose(): void {
    this.run.dispose();
    this.view.dispose();
    this.#canvas.remove();
    this.#overlay.remove();
  }

  #setGround(): void {
    const { terrain, scene } = this.run;
    if (!terrain) {
      return;
    }
    const ground = `${heightOf(scene)} ${scene.picture.palette}`;
    if (terrain === this.#terrainDrawn && ground === this.#groundDrawn) {
      return;
    }
    this.view.setTerrain(terrain, heightOf(scene), scene.picture.palette);
    if (terrain !== this.#terrainDrawn) {
      this.#searching = search(this.run.landscape, terrain);
      this.#critical = null;
      this.view.setMarked([]);
    }
    this.#terrainDrawn = terrain;
    this.#groundDrawn = ground;
  }

  /** Goes on with the search, a little in each frame, and marks what was found when it is done. */
  #mark(): void {
    const until = performance.now() + SEARCH;
    while (this.#searching && performance.now() < until) {
      const { done, value } = this.#searching.next();
      if (done) {
        this.#searching = null;
        this.#critical = value;
        this.view.setMarked(value.points.map((point) => this.#marked(point)));
      }
    }
  }

  /** Begins with another gradient field where another one is asked for. */
  #setField(): void {
    const { terrain, scene, landscape } = this.run;
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
      this.view.setField({ kind, arrows: arrows(landscape, { extent, across: ARROWS[size], typical }) });
      return;
    }
    this.view.setField(null);
    if (kind === 'flow') {
      this.#flowing = streamlines(landscape, { extent, spacing: 1 / LINES[size] });
    }
  }

  /** Goes on with the streamlines, a little in each frame, and has them drawn when they are all there. */
  #flow(): void {
    const until = performance.now() + FLOW;
    while (this.#flowing && performance.now() < until) {
      const { done, value } = this.#flowing.next();
      if (done) {
        this.#flowing = null;
        this.view.setField({ kind: 'flow', lines: value });
      }
    }
  }

  #marked(point: Critical['points'][number]): MarkedPoint {
    const { formula, parameters } = this.run.landscape;
    const hessian = new Float64Array(3);
    formula.hessian(point.x, point.y, parameters, hessian);
    return { ...point, low: lowEigenvector(hessian[0], hessian[1], hessian[2]) };
  }

  /** Lanes are handed over anew only when anything of them changed; their memory itself is shared. */
  #setLanes(followed: Followed | null): void {
    const { lanes, scene } = this.run;
    let drawn = `${followed?.lane}.${followed?.particle} ${scene.selected}`;
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
        selected: lane.lane === scene.selected,
      };
    };
    this.view.setLanes([
      ...lanes.map((lane) => drawing(lane, lane.source, false)),
      ...lanes.flatMap((lane) => (lane.ghost ? [drawing(lane, lane.ghost, true)] : [])),
    ]);
    const index = lanes.findIndex((lane) => lane.lane === followed?.lane);
    this.view.setFollowed(followed && index >= 0 ? { lane: index, particle: followed.particle } : null);
  }
}

/** The colour of a lane's ghost: halfway to white. */
function paler(hex: string): string {
  const channels = [1, 3, 5].map((at) => Math.round((Number.parseInt(hex.slice(at, at + 2), 16) + 255) / 2));
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

import { type Critical, search } from './analysis/critical.ts';
import type { DeviceAnswer } from './device.ts';
import { SceneRun } from './compute/engine/run.ts';
import { LANE_COLOURS, LANE_SHAPES } from './scene/colours.ts';
import { equal } from './scene/equal.ts';
import { heightOf } from './scene/resolve.ts';
import type { Scene } from './scene/scene.ts';
import { lowEigenvector } from './math/symmetric.ts';
import { createView, type LaneDrawing, type MarkedPoint, type Theme, type View, type ViewEvents } from './view/view.ts';

/** A particle of a lane of the scene that the picture marks and the panel explains. */
export interface Followed {
  readonly lane: number;
  readonly particle: number;
}

/** Milliseconds of a frame that the search for stationary points may take. */
const SEARCH = 3;

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
    const [run, view] = await Promise.all([
      SceneRun.create(answer.device, name, scene),
      createView({ canvas, device: answer.device, overlay, on }),
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
      drawn += ` ${lane.id} ${lane.count} ${scene.lanes[lane.lane].colour}`;
    }
    if (drawn === this.#lanesDrawn) {
      return;
    }
    this.#lanesDrawn = drawn;
    this.view.setLanes(
      lanes.map((lane): LaneDrawing => {
        const { colour } = scene.lanes[lane.lane];
        return {
          source: lane.source,
          colour: LANE_COLOURS[colour].hex,
          shape: LANE_SHAPES[colour],
          selected: lane.lane === scene.selected,
        };
      }),
    );
    const index = lanes.findIndex((lane) => lane.lane === followed?.lane);
    this.view.setFollowed(followed && index >= 0 ? { lane: index, particle: followed.particle } : null);
  }
}

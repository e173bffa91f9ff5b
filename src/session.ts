import type { Critical } from './analysis/critical.ts';
import { SceneRun } from './compute/engine/run.ts';
import type { DeviceAnswer } from './device.ts';
import { equal } from './scene/equal.ts';
import type { Scene } from './scene/scene.ts';
import { type Followed, Presenter } from './view/presenter.ts';
import { createView, type Theme, type View, type ViewEvents } from './view/view.ts';

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
  readonly #presenter: Presenter;
  /** The step of the last picture; -1 where there is none of this size. */
  #stepDrawn = -1;
  #size = '';
  #last = performance.now();

  private constructor(run: SceneRun, view: View, canvas: HTMLCanvasElement, overlay: HTMLElement, scene: Scene) {
    this.run = run;
    this.view = view;
    this.#canvas = canvas;
    this.#overlay = overlay;
    this.#scene = scene;
    this.#presenter = new Presenter(run, view);
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
    return this.#presenter.critical;
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
    this.#presenter.resize(width, height);
    this.view.resize(width, height, pixelRatio);
    const size = `${width} ${height} ${pixelRatio}`;
    if (size !== this.#size) {
      this.#size = size;
      this.#stepDrawn = -1;
    }
  }

  /**
   * Computes what is due and draws.
   * @param now milliseconds on the clock of requestAnimationFrame, whose frames may have begun before now
   * @param lit the lane that all others stand back behind; null: none does
   * @returns milliseconds that were computed, drawing apart
   */
  frame(now: number, followed: Followed | null, lit: number | null): number {
    const began = performance.now();
    this.run.frame(Math.max(0, now - this.#last));
    this.#last = Math.max(this.#last, now);
    this.#presenter.lit = lit;
    this.#presenter.update(followed);
    const spent = performance.now() - began;
    const { step, started } = this.run;
    // Lanes that are still being made must not wait for the same ground drawn once more, and finer.
    if (started || this.#stepDrawn < 0) {
      this.view.draw(this.#last, step !== this.#stepDrawn);
      this.#stepDrawn = step;
    }
    return spent;
  }

  dispose(): void {
    this.run.dispose();
    this.view.dispose();
    this.#canvas.remove();
    this.#overlay.remove();
  }
}

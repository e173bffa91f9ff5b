import { smoothedPlaces } from '../compute/engine/place.ts';
import { SceneRun } from '../compute/engine/run.ts';
import { cameraAt } from '../scene/camera-path.ts';
import { frameCount, type Recording, stepOfFrame } from '../scene/recording.ts';
import type { Scene } from '../scene/scene.ts';
import { LOOKS } from '../view/look.ts';
import { followedOf, Presenter } from '../view/presenter.ts';
import { createView, type Theme, type View } from '../view/view.ts';
import { filmCells } from './cells.ts';
import type { Shot } from './format.ts';
import { type LossHistory, lossHistory } from './history.ts';
import { layOver, needsHistory, overlayInsets } from './overlays/index.ts';

/** CSS pixels of the shorter side: the same composition at any size, with labels that can be read in a hall. */
const LAYOUT = 720;

/** Every font that is drawn with. */
const FONTS = ['16px "Source Sans 3"', '600 16px "Source Sans 3"', '12px "IBM Plex Mono"', '17px "STIX Two Math"'];

/** What a scene is recorded on: a GPU of the recording's own, or the CPU. */
export interface StudioDevice {
  readonly device: GPUDevice | null;
  readonly adapter: string;
  readonly software: boolean;
}

/** What a studio is opened for. */
export interface StudioOptions {
  readonly scene: Scene;
  readonly recording: Recording;
  readonly theme: Theme;
  readonly on: StudioDevice;
  /** Whether the device is gone: what was drawn since is not to be trusted. */
  lost(): boolean;
}

/** A scene on a sheet of a fixed size, frame by frame: what it shows depends on the frame's number alone. */
export class Studio {
  readonly run: SceneRun;
  readonly view: View;
  /** Milliseconds that updates and drawing of the frame took that was shown last. */
  readonly took = { simulate: 0, draw: 0 };
  readonly #options: StudioOptions;
  readonly #presenter: Presenter;
  readonly #pen: OffscreenCanvasRenderingContext2D;
  readonly #sums: Float32Array | null;
  readonly #history: LossHistory | null;
  /** Pixels of the file for one of the layout. */
  readonly #ratio: number;
  readonly #middle: (step: number) => readonly [number, number] | null;

  private constructor(options: StudioOptions, run: SceneRun, view: View, history: LossHistory | null) {
    this.#options = options;
    this.run = run;
    this.view = view;
    this.#history = history;
    this.#presenter = new Presenter(run, view);
    const { scene, recording, theme, on } = options;
    const { width, height, supersampling, blur } = recording;
    const sheet = new OffscreenCanvas(width, height);
    // A software GPU's pictures lie in the processor's memory already.
    this.#pen = sheet.getContext('2d', { willReadFrequently: on.software }) as OffscreenCanvasRenderingContext2D;
    this.#pen.imageSmoothingQuality = supersampling > 2 ? 'high' : 'low';
    this.#sums = blur > 1 ? new Float32Array(4 * width * height) : null;
    const ratio = Math.min(width, height) / LAYOUT;
    this.#ratio = ratio;
    this.#middle = scene.film.follow ? middleOf(run, scene) : () => null;
    view.setTheme(theme);
    view.setPicture(scene.picture);
    view.resize(width / ratio, height / ratio, ratio * supersampling);
    const insets = overlayInsets(scene, width / ratio, height / ratio);
    view.setInsets(insets);
    view.setCells(filmCells(scene, width / ratio, height / ratio, insets));
    this.#presenter.resize(width / ratio, height / ratio);
  }

  /** @throws Error (rejects) when the device cannot draw the scene at this size */
  static async open(options: StudioOptions): Promise<Studio> {
    const { scene, recording, on } = options;
    const { width, height, supersampling } = recording;
    const side = Math.max(width, height) * supersampling;
    const most = on.device?.limits.maxTextureDimension2D ?? 4096;
    if (side > most) {
      throw new Error(
        `This device draws ${most} pixels a side at most, and ${side} are needed: choose a smaller size or less supersampling.`,
      );
    }
    const canvas = document.createElement('canvas');
    // A label that is drawn before its font is there has another one.
    await Promise.all(FONTS.map((font) => document.fonts.load(font)));
    const [run, view] = await Promise.all([
      SceneRun.create(on.device, on.adapter, scene),
      createView({ canvas, device: on.device, overlay: document.createElement('div'), calm: () => true }),
    ]);
    await run.start();
    const shown = [0, frameCount(recording) - 1].map((frame) => stepOfFrame(recording, scene, frame));
    const history = needsHistory(scene.film) ? await lossHistory(run, shown[0], shown[1]) : null;
    return new Studio(options, run, view, history);
  }

  /** Brings the scene to a frame and draws it. @throws Error (rejects) when the device is lost */
  async show(frame: number): Promise<Shot> {
    const { blur } = this.#options.recording;
    Object.assign(this.took, { simulate: 0, draw: 0 });
    const sums = this.#sums;
    if (!sums) {
      await this.#moment(frame);
      return this.#shot(this.#read());
    }
    sums.fill(0);
    for (let k = 0; k < blur; k += 1) {
      await this.#moment(frame + k / blur);
      const pixels = this.#read();
      for (let i = 0; i < pixels.length; i += 1) {
        sums[i] += pixels[i];
      }
    }
    return this.#shot(Uint8ClampedArray.from(sums, (sum) => sum / blur));
  }

  dispose(): void {
    this.run.dispose();
    this.view.dispose();
  }

  /** Everything as it is at a moment, on the sheet. */
  async #moment(frame: number): Promise<void> {
    const { scene, recording } = this.#options;
    const began = performance.now();
    const step = stepOfFrame(recording, scene, frame);
    this.run.seek(step);
    await this.run.settled();
    await this.#settled();
    const simulated = performance.now();
    const seconds = frame / recording.fps;
    this.view.camera = cameraAt(scene, seconds, this.#middle(step));
    this.#presenter.complete(followedOf(scene));
    this.view.paint(this.#pen);
    this.#layOver(step, seconds);
    this.took.simulate += simulated - began;
    this.took.draw += performance.now() - simulated;
  }

  #layOver(step: number, seconds: number): void {
    const { scene, recording, theme } = this.#options;
    const { view } = this;
    this.#pen.save();
    this.#pen.scale(this.#ratio, this.#ratio);
    const facts = { scene, look: LOOKS[theme], legend: view.legend, step, seconds, history: this.#history };
    layOver(this.#pen, facts, recording.width / this.#ratio, recording.height / this.#ratio);
    this.#pen.restore();
  }

  #read(): Uint8ClampedArray {
    const began = performance.now();
    const { width, height } = this.#options.recording;
    const { data } = this.#pen.getImageData(0, 0, width, height);
    this.took.draw += performance.now() - began;
    return data;
  }

  /** The work so far is done, or the device is lost. */
  async #settled(): Promise<void> {
    await this.run.gpu?.queue.onSubmittedWorkDone().catch(() => {});
    // The loss is told by a promise that may be settled after the work's.
    await Promise.resolve();
    if (this.#options.lost()) {
      throw new Error('The graphics device was lost.');
    }
  }

  async #shot(pixels: Uint8ClampedArray): Promise<Shot> {
    await this.#settled();
    return {
      pixels: () => pixels,
      cutOut: () => this.#cutOut(),
      map: () => this.#map(),
    };
  }

  async #map(): Promise<string> {
    const { scene, recording, theme } = this.#options;
    const { run } = this;
    const { drawMap } = await import('./map/draw.ts');
    const { lanePaths } = await import('./map/paths.ts');
    const { step, terrain } = run;
    if (!terrain) {
      throw new Error('There is no map of a landscape that is not there.');
    }
    return drawMap({
      scene,
      theme,
      terrain,
      marked: this.#presenter.marked,
      paths: await lanePaths(run, step, followedOf(scene)),
      step,
      size: [recording.width, recording.height],
      layout: [recording.width / this.#ratio, recording.height / this.#ratio],
    });
  }

  /** The landscape before black and before white: what differs is where it lets through. */
  #cutOut(): Uint8ClampedArray {
    this.view.paint(this.#pen, [0, 0, 0]);
    const before = this.#read();
    this.view.paint(this.#pen, [1, 1, 1]);
    const white = this.#read();
    for (let k = 0; k < before.length; k += 4) {
      let through = 255;
      for (let channel = k; channel < k + 3; channel += 1) {
        through = Math.min(through, white[channel] - before[channel]);
      }
      const alpha = 255 - Math.max(0, through);
      for (let channel = k; channel < k + 3; channel += 1) {
        before[channel] = alpha > 0 ? (255 * before[channel]) / alpha : 0;
      }
      before[k + 3] = alpha;
    }
    return before;
  }
}

/** Where the followed particle is at each step, in units of the domain's half-width. */
function middleOf({ landscape }: SceneRun, scene: Scene): (step: number) => readonly [number, number] | null {
  const [xmin, xmax, ymin, ymax] = landscape.domain;
  const { lane, particle } = followedOf(scene);
  const place = smoothedPlaces(scene, lane, particle);
  const across = (value: number, low: number, high: number): number =>
    Math.min(1, Math.max(-1, (2 * (value - low)) / (high - low) - 1));
  return (step) => {
    const at = place(step);
    return at && [across(at[0], xmin, xmax), across(at[1], ymin, ymax)];
  };
}

import { Color, PerspectiveCamera, Scene, type WebGPURenderer } from 'three/webgpu';
import type { TerrainSamples } from '../compute/contract.ts';
import type { CameraChoice, PictureChoice } from '../scene/scene.ts';
import { type Annotated, Annotations, type Pen } from './annotations.ts';
import { Backdrop } from './backdrop.ts';
import { Cameras } from './cameras.ts';
import { type Cell, cellAt, signScale, wholeCell, windowOf } from './cell.ts';
import { createFrame } from './frame.ts';
import { listen } from './gestures.ts';
import { Ground } from './ground.ts';
import type { HeightField } from './height-field.ts';
import { dragged, handOf, type Held } from './hand.ts';
import { type LaneDrawing, Lanes } from './lanes.ts';
import { lightFor } from './light.ts';
import { LOOKS } from './look.ts';
import type { MarkedPoint } from './markers.ts';
import type { Rgb } from './oklab.ts';
import { placeUnder } from './pick.ts';
import { type Insets, type Projection, projectionOf, rayThrough, type Sheet } from './projection.ts';
import { detailFor, FINEST, Pace, type Quality, stillOf } from './quality.ts';
import type { Theme } from './ramps.ts';
import type { HeightMode, Relief } from './relief.ts';
import { createRenderer, fitCanvas, pictureOf } from './renderer.ts';
import type { FieldDrawing } from './stroke-shapes.ts';
import type { Legend, Place, View, ViewOptions, ViewStats } from './view.ts';

/** Milliseconds of rest after which a still picture is drawn once more, finely. */
const SETTLE = 300;

/** Markers in a part of the picture, where each stands for less, are so much smaller. */
const CELL_SIGNS = 0.78;

const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** A view on three's renderer: see View. */
export class Stage3d implements View {
  readonly #options: ViewOptions;
  readonly #renderer: WebGPURenderer;
  readonly #scene = new Scene();
  readonly #eye = new PerspectiveCamera();
  readonly #frame = createFrame();
  readonly #ground = new Ground(this.#frame);
  readonly #backdrop = new Backdrop(this.#frame);
  readonly #lanes: Lanes;
  readonly #annotations: Annotations;
  readonly #cameras: Cameras;
  readonly #pace = new Pace();
  readonly #stopListening: () => void;
  #theme: Theme = 'dark';
  #picture: PictureChoice | null = null;
  #drawings: readonly LaneDrawing[] = [];
  #followed: { readonly lane: number; readonly particle: number } | null = null;
  #sheet: Sheet = { width: 0, height: 0, insets: NO_INSETS };
  #divided: readonly Cell[] = [];
  #cells: readonly Cell[] = [wholeCell(this.#sheet)];
  #pixelRatio = 1;
  #changed = true;
  #last = Number.NaN;
  #restedSince = Number.NaN;
  #settled = false;
  #handled = false;

  static async create(options: ViewOptions): Promise<View> {
    return new Stage3d(options, await createRenderer(options));
  }

  constructor(options: ViewOptions, renderer: WebGPURenderer) {
    this.#options = options;
    this.#renderer = renderer;
    this.#cameras = new Cameras(options.calm);
    this.#lanes = new Lanes(renderer, this.#ground.surface);
    this.#annotations = new Annotations(options.overlay);
    this.#backdrop.group.children[0].renderOrder = -1;
    this.#scene.add(this.#ground.group, this.#backdrop.group, this.#lanes.group);
    this.#scene.matrixWorldAutoUpdate = false;
    this.#stopListening = listen(
      options.canvas,
      handOf((x, y) => this.#heldAt(x, y)),
    );
    this.setTheme('dark');
  }

  get quality(): Quality {
    return this.#pace.quality;
  }

  get stats(): ViewStats {
    const { canvas, device } = this.#options;
    return {
      framesPerSecond: this.#pace.framesPerSecond,
      quality: this.#pace.quality,
      width: canvas.width,
      height: canvas.height,
      backend: device ? 'webgpu' : 'webgl2',
    };
  }

  get legend(): Legend | null {
    return this.#ground.legend;
  }

  get camera(): CameraChoice {
    return this.#cameras.choice;
  }

  set camera(choice: CameraChoice) {
    this.#cameras.choice = choice;
    this.#changed = true;
  }

  setTerrain(samples: TerrainSamples, height: HeightMode, palette: string): void {
    this.#ground.setTerrain(samples, height, palette);
    this.#redraw();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#ground.setTheme(theme);
    this.#backdrop.setLook(LOOKS[theme]);
    // Between cells.
    this.#renderer.setClearColor(new Color(...LOOKS[theme].page[1]));
    this.#scaleLanes();
    this.#redraw();
  }

  setMarked(points: readonly MarkedPoint[]): void {
    this.#annotations.set(points);
    this.#changed = true;
  }

  setField(drawing: FieldDrawing | null): void {
    this.#ground.setField(drawing);
    this.#changed = true;
  }

  setPicture(picture: PictureChoice): void {
    this.#picture = picture;
    this.#ground.setPicture(picture);
    this.#redraw();
  }

  setLanes(lanes: readonly LaneDrawing[]): void {
    this.#drawings = lanes;
    this.#lanes.set(lanes, this.#followed);
    this.#scaleLanes();
    this.#changed = true;
  }

  setFollowed(followed: { readonly lane: number; readonly particle: number } | null): void {
    this.#followed = followed;
    this.setLanes(this.#drawings);
  }

  setInsets(insets: Insets): void {
    this.#sheet = { ...this.#sheet, insets };
    this.#divide();
  }

  setCells(cells: readonly Cell[]): void {
    this.#divided = cells;
    this.#cameras.keep(cells);
    this.#divide();
  }

  pick(clientX: number, clientY: number): Place | null {
    const [x, y] = this.#onCanvas(clientX, clientY);
    const cell = cellAt(this.#cells, x, y);
    const hit = cell && placeUnder(this.#ground, rayThrough(this.#project(cell), cell, x - cell.left, y - cell.top));
    return hit && { ...hit, marked: this.#annotations.near(x, y) };
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#sheet = { ...this.#sheet, width, height };
    this.#pixelRatio = pixelRatio;
    this.#divide();
  }

  draw(milliseconds: number, moving = true): void {
    const seconds = Math.min(0.1, Math.max(0, (milliseconds - this.#last) / 1000 || 0));
    this.#last = milliseconds;
    const flew = this.#cameras.update(seconds);
    if (this.#handled && !this.#cameras.main.moving) {
      this.#handled = false;
      this.#options.on?.camera?.(this.#cameras.choice);
    }
    const { width, height } = this.#sheet;
    if (width < 1 || height < 1) {
      this.#pace.rest();
      return;
    }
    if (moving || flew || this.#changed) {
      this.#pace.frame(milliseconds);
      this.#restedSince = milliseconds;
      this.#settled = false;
      this.#changed = false;
      this.#render(this.#pace.quality);
    } else if (!this.#settled && milliseconds - this.#restedSince > SETTLE) {
      this.#settled = true;
      this.#render(stillOf(this.#pace.quality));
    } else {
      this.#pace.rest();
    }
  }

  async image(): Promise<Blob> {
    this.#render(FINEST);
    return pictureOf(this.#options.canvas, (pen) => this.#lay(pen));
  }

  paint(pen: Pen, ground: Rgb | null = null): void {
    this.#backdrop.group.visible = ground === null;
    this.#renderer.setClearColor(new Color(...(ground ?? LOOKS[this.#theme].page[1])));
    this.#render({ ...FINEST, resolution: 1 });
    this.#lay(pen);
  }

  dispose(): void {
    this.#stopListening();
    for (const part of [this.#annotations, this.#lanes, this.#ground, this.#backdrop]) {
      part.dispose();
    }
    this.#renderer.dispose();
  }

  /** To be called in the task in which the picture was drawn: afterwards the canvas may be empty. */
  #lay(pen: Pen): void {
    this.#annotations.lay(pen, this.#options.canvas, this.#sheet.width);
    this.#changed = true;
  }

  #render(quality: Quality): void {
    this.#ground.cut(this.#cameras.cut);
    const { field, relief } = this.#ground;
    const { width, height } = this.#sheet;
    if (!field || !relief || width < 1 || height < 1) {
      return;
    }
    const pixel = Math.min(quality.resolution * this.#pixelRatio, Math.max(FINEST.resolution, this.#pixelRatio));
    const size = fitCanvas(this.#renderer, width * pixel, height * pixel);
    const detail = this.#divided.length > 0 ? detailFor(this.#cells[0].width * pixel, quality.detail) : quality.detail;
    const projections = this.#cells.map((cell) => this.#project(cell));
    this.#frame.pixel.value = pixel;
    this.#turnLight(quality.exact);
    this.#ground.prepare({ ...quality, detail }, this.#signScale(), projections[0].scale[0]);
    this.#lanes.update(Math.round((this.#picture?.trail ?? 30) * quality.trail));
    this.#renderer.autoClear = this.#divided.length === 0;
    if (!this.#renderer.autoClear) {
      this.#renderer.setScissorTest(false);
      this.#renderer.clear();
    }
    this.#cells.forEach((cell, k) => {
      this.#renderCell(cell, projections[k], pixel, size);
    });
    this.#annotations.draw(
      this.#cells.map((cell, k) => this.#annotated(cell, projections[k], field, relief)),
      this.#pixelRatio,
    );
  }

  /** Draws one cell: the same ground and lanes, seen by its own camera through its own window. */
  #renderCell(cell: Cell, projection: Projection, pixel: number, canvas: readonly [number, number]): void {
    const window = windowOf(cell, pixel, canvas);
    if (!window) {
      return;
    }
    const { x, y, width, height } = window;
    this.#frame.viewport.value.set(width, height);
    this.#frame.viewProjection.value.copy(projection.viewProjection);
    this.#frame.eye.value.copy(projection.eye);
    this.#lanes.show(cell.lane);
    this.#renderer.setViewport(x, y, width, height);
    this.#renderer.setScissor(x, y, width, height);
    this.#renderer.setScissorTest(cell.lane !== null);
    this.#renderer.render(this.#scene, this.#eye);
  }

  #annotated(cell: Cell, projection: Projection, field: HeightField, relief: Relief): Annotated {
    return {
      projection,
      sheet: cell,
      at: [cell.left, cell.top],
      name: cell.name,
      colour: cell.colour,
      stage: this.#ground.stage,
      domain: field.domain,
      relief,
      field,
      camera: this.#cameras.of(cell).choice,
      look: LOOKS[this.#theme],
      scale: this.#signScale() * (this.#divided.length > 0 ? CELL_SIGNS : 1),
      markers: this.#picture?.markers ?? true,
    };
  }

  /** Something but the camera and the particles has changed. */
  #redraw(): void {
    this.#annotations.touch();
    this.#changed = true;
  }

  /** The parts of the picture follow from its size, what panels cover, and how it is divided. */
  #divide(): void {
    this.#cells = this.#divided.length > 0 ? this.#divided : [wholeCell(this.#sheet)];
    this.#scaleLanes();
    this.#redraw();
  }

  #project(cell: Cell): Projection {
    return projectionOf(this.#cameras.of(cell).choice, this.#ground.stage, cell, this.#renderer.coordinateSystem);
  }

  #onCanvas(clientX: number, clientY: number): [number, number] {
    const box = this.#options.canvas.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  /** What a hand at a place of the page has hold of; between cells all that are linked. */
  #heldAt(clientX: number, clientY: number): Held {
    const cell = cellAt(this.#cells, ...this.#onCanvas(clientX, clientY)) ?? { ...this.#cells[0], camera: null };
    const camera = this.#cameras.of(cell);
    return {
      camera,
      pan: (dx, dy) => {
        if (cell.width >= 1 && cell.height >= 1) {
          camera.pan(
            ...dragged(camera.choice, this.#project(cell).scale, cell.height, this.#ground.stage.extent, dx, dy),
          );
        }
      },
      moved: () => {
        this.#changed = true;
        this.#handled ||= camera === this.#cameras.main;
      },
    };
  }

  #turnLight(exact: boolean): void {
    const { turn, slope, direction } = lightFor(this.#cameras.choice);
    this.#frame.light.value.set(...direction);
    this.#ground.turnLight(turn, slope, exact);
  }

  #scaleLanes(): void {
    this.#lanes.setLook(LOOKS[this.#theme], this.#signScale());
  }

  #signScale(): number {
    return signScale(this.#cells[0], this.#divided.length > 0);
  }
}

import { Color, LinearSRGBColorSpace, NoToneMapping, PerspectiveCamera, Scene, WebGPURenderer } from 'three/webgpu';
import type { TerrainSamples } from '../compute/contract.ts';
import type { CameraChoice, PictureChoice } from '../scene/scene.ts';
import { type Annotated, Annotations } from './annotations.ts';
import { Backdrop } from './backdrop.ts';
import { Camera } from './camera.ts';
import { type Cell, cellAt, wholeCell } from './cell.ts';
import { createFrame } from './frame.ts';
import { listen } from './gestures.ts';
import { Ground } from './ground.ts';
import type { HeightField } from './height-field.ts';
import { handOf, type Held } from './hand.ts';
import { type LaneDrawing, Lanes } from './lanes.ts';
import { LIGHT_ELEVATION, LIGHT_TURN } from './light.ts';
import { LOOKS } from './look.ts';
import type { MarkedPoint } from './markers.ts';
import { castRay } from './pick.ts';
import { type Insets, type Projection, projectionOf, rayThrough, type Sheet } from './projection.ts';
import { detailFor, Pace, type Quality } from './quality.ts';
import type { Theme } from './ramps.ts';
import type { HeightMode, Relief } from './relief.ts';
import type { FieldDrawing } from './stroke-shapes.ts';
import type { Legend, Place, View, ViewOptions, ViewStats } from './view.ts';

/** Device pixels that are drawn at most for one of the page's CSS pixels, along each side. */
const FINEST = 2;

/** Milliseconds of rest after which a still picture is drawn once more, finely. */
const SETTLE = 300;

/** CSS pixels a side at which particles and signs have their full size: of a whole picture, and of a part of it. */
const FULL = { whole: 760, cell: 340 } as const;

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
  readonly #camera = new Camera({ view: '3d', azimuth: 240, elevation: 47, distance: 1, target: [0, 0], turning: false });
  /** Cameras of single cells, by their numbers. */
  readonly #own = new Map<number, Camera>();
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
    const { canvas, device } = options;
    const renderer = new WebGPURenderer({ canvas, antialias: false, alpha: false, ...(device ? { device } : { forceWebGL: true }) });
    renderer.outputColorSpace = LinearSRGBColorSpace;
    renderer.toneMapping = NoToneMapping;
    await renderer.init();
    return new Stage3d(options, renderer);
  }

  constructor(options: ViewOptions, renderer: WebGPURenderer) {
    this.#options = options;
    this.#renderer = renderer;
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
    return this.#camera.choice;
  }

  set camera(choice: CameraChoice) {
    this.#camera.choice = choice;
    for (const camera of this.#own.values()) {
      if (camera.choice.view !== choice.view) {
        camera.choice = { ...camera.choice, view: choice.view };
      }
    }
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
    const numbers = new Set(cells.map(({ camera }) => camera));
    for (const number of this.#own.keys()) {
      if (!numbers.has(number)) {
        this.#own.delete(number);
      }
    }
    for (const number of numbers) {
      if (number !== null && !this.#own.has(number)) {
        this.#own.set(number, new Camera({ ...this.#camera.choice, turning: false }));
      }
    }
    this.#divide();
  }

  pick(clientX: number, clientY: number): Place | null {
    const { field, relief, stage } = this.#ground;
    const [x, y] = this.#onCanvas(clientX, clientY);
    const cell = cellAt(this.#cells, x, y);
    const projection = cell && this.#project(cell);
    if (!field || !projection || !relief) {
      return null;
    }
    const { from, along } = rayThrough(projection, cell, x - cell.left, y - cell.top);
    const hit = castRay(field, stage, from, along);
    if (!hit) {
      return null;
    }
    const [xmin, xmax, ymin, ymax] = field.domain;
    return {
      x: xmin + hit.u * (xmax - xmin),
      y: ymin + hit.v * (ymax - ymin),
      value: relief.loss(field.at(hit.u, hit.v, { height: 0, du: 0, dv: 0 }).height),
      marked: this.#annotations.near(x, y),
    };
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#sheet = { ...this.#sheet, width, height };
    this.#pixelRatio = pixelRatio;
    this.#divide();
  }

  draw(milliseconds: number, moving = true): void {
    const seconds = Math.min(0.1, Math.max(0, (milliseconds - this.#last) / 1000 || 0));
    this.#last = milliseconds;
    let flew = this.#camera.update(seconds);
    for (const camera of this.#own.values()) {
      flew = camera.update(seconds) || flew;
    }
    if (this.#handled && !this.#camera.moving) {
      this.#handled = false;
      this.#options.on?.camera?.(this.#camera.choice);
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
      this.#render(this.#fine());
    } else {
      this.#pace.rest();
    }
  }

  async image(): Promise<Blob> {
    this.#render({ resolution: FINEST, detail: 256, exact: true, trail: 1 });
    // At once, in the same task: afterwards the canvas may be empty.
    const blob = await this.#annotations.over(this.#options.canvas, this.#sheet.width);
    this.#changed = true;
    if (!blob) {
      throw new Error('The browser could not make a picture of the canvas: try a smaller window.');
    }
    return blob;
  }

  dispose(): void {
    this.#stopListening();
    for (const part of [this.#annotations, this.#lanes, this.#ground, this.#backdrop]) {
      part.dispose();
    }
    this.#renderer.dispose();
  }

  #fine(): Quality {
    return { resolution: Math.min(FINEST, this.#pace.quality.resolution * 2), detail: 256, exact: true, trail: 1 };
  }

  #render(quality: Quality): void {
    this.#cut();
    const { field, relief } = this.#ground;
    const { width, height } = this.#sheet;
    if (!field || !relief || width < 1 || height < 1) {
      return;
    }
    const pixel = Math.min(quality.resolution * this.#pixelRatio, Math.max(FINEST, this.#pixelRatio));
    const [columns, rows] = [Math.max(1, Math.floor(width * pixel)), Math.max(1, Math.floor(height * pixel))];
    const { canvas } = this.#options;
    // Setting a canvas's size empties it, even to the same size.
    if (canvas.width !== columns || canvas.height !== rows) {
      this.#renderer.setSize(columns, rows, false);
    }
    const detail = this.#divided.length > 0 ? detailFor(this.#cells[0].width * pixel, quality.detail) : quality.detail;
    const projections = this.#cells.map((cell) => this.#project(cell));
    this.#frame.pixel.value = pixel;
    this.#turnLight();
    this.#ground.prepare({ ...quality, detail }, this.#signScale(), projections[0].scale[0]);
    this.#lanes.update(Math.round((this.#picture?.trail ?? 30) * quality.trail));
    this.#renderer.autoClear = this.#divided.length === 0;
    if (!this.#renderer.autoClear) {
      this.#renderer.setScissorTest(false);
      this.#renderer.clear();
    }
    this.#cells.forEach((cell, k) => {
      this.#renderCell(cell, projections[k], pixel, [columns, rows]);
    });
    this.#annotations.draw(
      this.#cells.map((cell, k) => this.#annotated(cell, projections[k], field, relief)),
      this.#pixelRatio,
    );
  }

  /** Draws one cell: the same ground and lanes, seen by its own camera through its own window. */
  #renderCell({ lane, left, top, width, height }: Cell, projection: Projection, pixel: number, [columns, rows]: readonly [number, number]): void {
    const [x, y] = [Math.max(0, Math.floor(left * pixel)), Math.max(0, Math.floor(top * pixel))];
    const [across, down] = [Math.floor(width * pixel), Math.floor(height * pixel)].map((size) => Math.max(1, size));
    const [wide, high] = [Math.min(across, columns - x), Math.min(down, rows - y)];
    if (wide < 1 || high < 1) {
      return;
    }
    this.#frame.viewport.value.set(wide, high);
    this.#frame.viewProjection.value.copy(projection.viewProjection);
    this.#frame.eye.value.copy(projection.eye);
    this.#lanes.show(lane);
    this.#renderer.setViewport(x, y, wide, high);
    this.#renderer.setScissor(x, y, wide, high);
    this.#renderer.setScissorTest(lane !== null);
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
      camera: this.#cameraOf(cell).choice,
      look: LOOKS[this.#theme],
      scale: this.#signScale() * (this.#divided.length > 0 ? CELL_SIGNS : 1),
      markers: this.#picture?.markers ?? true,
    };
  }

  /** A profile is cut where the camera looks. */
  #cut(): void {
    const { view, target } = this.#camera.choice;
    this.#ground.cut(view === 'profile' ? Math.min(1 - 1e-3, Math.max(1e-3, (1 + target[1]) / 2)) : 0);
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

  #cameraOf({ camera }: Cell): Camera {
    return (camera === null ? null : this.#own.get(camera)) ?? this.#camera;
  }

  #project(cell: Cell): Projection {
    return projectionOf(this.#cameraOf(cell).choice, this.#ground.stage, cell, this.#renderer.coordinateSystem);
  }

  #onCanvas(clientX: number, clientY: number): [number, number] {
    const box = this.#options.canvas.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  /** What a hand at a place of the page has hold of; between cells all that are linked. */
  #heldAt(clientX: number, clientY: number): Held {
    const cell = cellAt(this.#cells, ...this.#onCanvas(clientX, clientY)) ?? { ...this.#cells[0], camera: null };
    const camera = this.#cameraOf(cell);
    return {
      camera,
      pan: (dx, dy) => this.#pan(cell, dx, dy),
      moved: () => {
        this.#changed = true;
        this.#handled ||= camera === this.#camera;
      },
    };
  }

  /** The key light stands to the left behind what is seen, wherever one looks from. */
  #turnLight(): void {
    const { view, azimuth } = this.#camera.choice;
    const away = ((view === '3d' ? azimuth : 270) * Math.PI) / 180 + Math.PI;
    const turn = away - LIGHT_TURN;
    const flat = Math.cos(LIGHT_ELEVATION);
    this.#frame.light.value.set(flat * Math.cos(turn), Math.sin(LIGHT_ELEVATION), -flat * Math.sin(turn));
    this.#ground.turnLight(turn, Math.tan(LIGHT_ELEVATION));
  }

  #scaleLanes(): void {
    this.#lanes.setLook(LOOKS[this.#theme], this.#signScale());
  }

  /** Size of particles and markers: 1 where there is much room, less on a small picture. */
  #signScale(): number {
    const [{ width, height, insets }] = this.#cells;
    const free = Math.min(width - insets.left - insets.right, height - insets.top - insets.bottom);
    return Math.min(1.1, Math.max(0.68, free / (this.#divided.length > 0 ? FULL.cell : FULL.whole)));
  }

  /** Moves the target of a cell's camera against a drag of so many CSS pixels. */
  #pan(cell: Cell, dx: number, dy: number): void {
    if (cell.width < 1 || cell.height < 1) {
      return;
    }
    const { scale } = this.#project(cell);
    const camera = this.#cameraOf(cell);
    const { view, azimuth, elevation } = camera.choice;
    const turn = view === '3d' ? ((azimuth + 90) * Math.PI) / 180 : 0;
    const steep = view === '3d' ? Math.max(0.25, Math.sin((elevation * Math.PI) / 180)) : 1;
    // In a profile the cut is moved instead.
    const [right, away] = [-dx / scale[0], view === 'profile' ? -dy / cell.height : dy / scale[1] / steep];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [ex, ez] = this.#ground.stage.extent;
    camera.pan((right * cos - away * sin) / ex, (right * sin + away * cos) / ez);
  }
}

import { LinearSRGBColorSpace, NoToneMapping, PerspectiveCamera, Scene, WebGPURenderer } from 'three/webgpu';
import type { TerrainSamples } from '../compute/contract.ts';
import type { CriticalPoint } from '../landscape/surface.ts';
import type { CameraChoice, PictureChoice } from '../scene/scene.ts';
import { Backdrop } from './backdrop.ts';
import { Camera } from './camera.ts';
import { createFrame } from './frame.ts';
import { listen } from './gestures.ts';
import { handOf } from './hand.ts';
import { type HeightField, heightFieldOf, type Spot } from './height-field.ts';
import { type LaneDrawing, Lanes } from './lanes.ts';
import { legendTicks, rampColours } from './legend.ts';
import { LIGHT_ELEVATION, LIGHT_TURN } from './light.ts';
import { LightMap } from './light-map.ts';
import { LOOKS } from './look.ts';
import { castRay } from './pick.ts';
import { Plinth } from './plinth.ts';
import { type Insets, type Projection, projectionOf, rayThrough, type Sheet, type Stage } from './projection.ts';
import { Pace, type Quality } from './quality.ts';
import { RampMap } from './ramp-map.ts';
import { rampOf, type Theme } from './ramps.ts';
import { type HeightMode, type Relief, reliefOf } from './relief.ts';
import { Rim } from './rim.ts';
import { SurfaceNodes } from './surface-nodes.ts';
import { Terrain } from './terrain.ts';
import { niceStep } from './ticks.ts';
import type { Legend, Place, View, ViewOptions, ViewStats } from './view.ts';

/** Height of the relief at exaggeration 1, and of the plinth's foot, in units of the longer side. */
const RELIEF = 0.28;
const FOOT = -0.045;

/** Device pixels that are drawn at most for one of the page's CSS pixels, along each side. */
const FINEST = 2;

/** Milliseconds of rest after which a still picture is drawn once more, finely. */
const SETTLE = 300;

const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** A view on three's renderer: see View. */
export class Stage3d implements View {
  readonly #options: ViewOptions;
  readonly #renderer: WebGPURenderer;
  readonly #scene = new Scene();
  readonly #eye = new PerspectiveCamera();
  readonly #frame = createFrame();
  readonly #surface = new SurfaceNodes(this.#frame);
  readonly #light = new LightMap();
  readonly #ramp = new RampMap();
  readonly #terrain = new Terrain(this.#surface, this.#light, this.#ramp);
  readonly #plinth = new Plinth(this.#surface, this.#ramp);
  readonly #rim = new Rim(this.#surface);
  readonly #backdrop = new Backdrop(this.#frame);
  readonly #lanes: Lanes;
  readonly #camera = new Camera({ view: '3d', azimuth: 240, elevation: 47, distance: 1, target: [0, 0], turning: false });
  readonly #pace = new Pace();
  readonly #stopListening: () => void;
  #theme: Theme = 'dark';
  #palette = 'atlas';
  #picture: PictureChoice | null = null;
  #relief: Relief | null = null;
  #field: HeightField | null = null;
  #legend: Legend | null = null;
  #drawings: readonly LaneDrawing[] = [];
  #followed: { readonly lane: number; readonly particle: number } | null = null;
  #sheet: Sheet = { width: 0, height: 0, insets: NO_INSETS };
  #pixelRatio = 1;
  #stage: Stage = { extent: [0.5, 0.5], relief: RELIEF, foot: FOOT };
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
    this.#lanes = new Lanes(renderer, this.#surface);
    this.#terrain.mesh.renderOrder = -3;
    this.#plinth.mesh.renderOrder = -2;
    this.#backdrop.group.children[0].renderOrder = -1;
    this.#rim.mesh.renderOrder = 4;
    this.#scene.add(this.#terrain.mesh, this.#plinth.mesh, this.#backdrop.group, this.#rim.mesh, this.#lanes.group);
    this.#scene.matrixWorldAutoUpdate = false;
    this.#stopListening = listen(
      options.canvas,
      handOf({
        camera: this.#camera,
        events: options.on ?? {},
        pick: (x, y) => this.pick(x, y),
        pan: (dx, dy) => this.#pan(dx, dy),
        moved: () => {
          this.#changed = true;
          this.#handled = true;
        },
      }),
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
    return this.#legend;
  }

  get camera(): CameraChoice {
    return this.#camera.choice;
  }

  set camera(choice: CameraChoice) {
    this.#camera.choice = choice;
    this.#changed = true;
  }

  setTerrain(samples: TerrainSamples, height: HeightMode, palette: string): void {
    this.#palette = palette;
    this.#relief = reliefOf(samples, height);
    this.#field = heightFieldOf(samples, this.#relief);
    this.#surface.set(this.#field);
    this.#plinth.set(this.#field);
    const [xmin, xmax, ymin, ymax] = samples.domain;
    const [width, depth] = [xmax - xmin, ymax - ymin];
    const longer = Math.max(width, depth);
    this.#frame.origin.value.set(xmin, ymin);
    this.#frame.scale.value.set(1 / width, 1 / depth);
    const extent: [number, number] = [Math.max(0.2, width / longer / 2), Math.max(0.2, depth / longer / 2)];
    this.#frame.extent.value.set(...extent);
    this.#plinth.setTicks(niceStep(width / 6), niceStep(depth / 6));
    this.#plinth.setContours(this.#relief.contours);
    this.#stage = { ...this.#stage, extent };
    this.#tint();
    this.#shape();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    const look = LOOKS[theme];
    for (const part of [this.#terrain, this.#plinth, this.#rim, this.#backdrop]) {
      part.setLook(look);
    }
    this.#scaleLanes();
    this.#tint();
  }

  setCritical(_points: readonly CriticalPoint[]): void {
    this.#changed = true;
  }

  setPicture(picture: PictureChoice): void {
    const before = this.#picture;
    this.#picture = picture;
    if (this.#relief) {
      this.#terrain.setContours(this.#relief.contours, picture.contours);
    }
    if (picture.exaggeration !== (before?.exaggeration ?? 1)) {
      this.#shape();
    }
    this.#changed = true;
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
    this.#scaleLanes();
    this.#changed = true;
  }

  pick(clientX: number, clientY: number): Place | null {
    const field = this.#field;
    const projection = this.#project();
    if (!field || !projection || !this.#relief) {
      return null;
    }
    const box = this.#options.canvas.getBoundingClientRect();
    const { from, along } = rayThrough(projection, this.#sheet, clientX - box.left, clientY - box.top);
    const hit = castRay(field, this.#stage, from, along);
    if (!hit) {
      return null;
    }
    const [xmin, xmax, ymin, ymax] = field.domain;
    const spot: Spot = { height: 0, du: 0, dv: 0 };
    return {
      x: xmin + hit.u * (xmax - xmin),
      y: ymin + hit.v * (ymax - ymin),
      value: this.#relief.loss(field.at(hit.u, hit.v, spot).height),
    };
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#sheet = { ...this.#sheet, width, height };
    this.#pixelRatio = pixelRatio;
    this.#scaleLanes();
    this.#changed = true;
  }

  draw(milliseconds: number, moving = true): void {
    const seconds = Math.min(0.1, Math.max(0, (milliseconds - this.#last) / 1000 || 0));
    this.#last = milliseconds;
    const flew = this.#camera.update(seconds);
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
    const blob = await new Promise<Blob | null>((resolve) => this.#options.canvas.toBlob(resolve, 'image/png'));
    this.#changed = true;
    if (!blob) {
      throw new Error('The browser could not make a picture of the canvas: try a smaller window.');
    }
    return blob;
  }

  dispose(): void {
    this.#stopListening();
    for (const part of [this.#lanes, this.#terrain, this.#plinth, this.#rim, this.#backdrop, this.#surface, this.#ramp]) {
      part.dispose();
    }
    this.#renderer.dispose();
  }

  #fine(): Quality {
    return { resolution: Math.min(FINEST, this.#pace.quality.resolution * 2), detail: 256, exact: true, trail: 1 };
  }

  #render(quality: Quality): void {
    const projection = this.#project();
    if (!projection || !this.#field) {
      return;
    }
    const { width, height } = this.#sheet;
    const pixel = Math.min(quality.resolution * this.#pixelRatio, Math.max(FINEST, this.#pixelRatio));
    const [columns, rows] = [Math.max(1, Math.floor(width * pixel)), Math.max(1, Math.floor(height * pixel))];
    const { canvas } = this.#options;
    // Setting a canvas's size empties it, even to the same size.
    if (canvas.width !== columns || canvas.height !== rows) {
      this.#renderer.setSize(columns, rows, false);
    }
    this.#frame.viewport.value.set(columns, rows);
    this.#frame.pixel.value = pixel;
    this.#frame.viewProjection.value.copy(projection.viewProjection);
    this.#frame.eye.value.copy(projection.eye);
    this.#turnLight();
    this.#terrain.set(this.#field, quality.detail, quality.exact);
    this.#lanes.update(Math.round((this.#picture?.trail ?? 30) * quality.trail));
    this.#renderer.render(this.#scene, this.#eye);
  }

  #project(): Projection | null {
    const { width, height } = this.#sheet;
    if (width < 1 || height < 1) {
      return null;
    }
    return projectionOf(this.#camera.choice, this.#stage, this.#sheet, this.#renderer.coordinateSystem);
  }

  /** The key light stands to the left behind what is seen, wherever one looks from. */
  #turnLight(): void {
    const { view, azimuth } = this.#camera.choice;
    const away = ((view === '3d' ? azimuth : 270) * Math.PI) / 180 + Math.PI;
    const turn = away - LIGHT_TURN;
    const flat = Math.cos(LIGHT_ELEVATION);
    this.#frame.light.value.set(flat * Math.cos(turn), Math.sin(LIGHT_ELEVATION), -flat * Math.sin(turn));
    this.#light.turn(turn, Math.tan(LIGHT_ELEVATION));
  }

  /** The relief's shape has changed. */
  #shape(): void {
    if (!this.#field || !this.#relief) {
      return;
    }
    const relief = RELIEF * (this.#picture?.exaggeration ?? 1);
    this.#stage = { ...this.#stage, relief };
    this.#frame.relief.value = Math.max(1e-4, relief);
    this.#frame.foot.value = FOOT;
    this.#light.set(this.#field, relief, [2 * this.#stage.extent[0], 2 * this.#stage.extent[1]]);
    this.#terrain.setContours(this.#relief.contours, this.#picture?.contours ?? true);
    this.#changed = true;
  }

  #tint(): void {
    this.#changed = true;
    if (!this.#relief) {
      return;
    }
    const ramp = rampOf(this.#palette, this.#theme);
    this.#ramp.set(ramp, this.#relief);
    this.#legend = {
      height: this.#relief.mode,
      contours: this.#relief.contours.text,
      ticks: legendTicks(this.#relief),
      colours: rampColours(ramp),
    };
  }

  #scaleLanes(): void {
    const { width, height, insets } = this.#sheet;
    const free = Math.min(width - insets.left - insets.right, height - insets.top - insets.bottom);
    this.#lanes.setLook(LOOKS[this.#theme], Math.min(1.1, Math.max(0.68, free / 760)));
  }

  /** Moves the target against a drag of so many CSS pixels. */
  #pan(dx: number, dy: number): void {
    const projection = this.#project();
    if (!projection) {
      return;
    }
    const { view, azimuth, elevation } = this.#camera.choice;
    const turn = view === '3d' ? ((azimuth + 90) * Math.PI) / 180 : 0;
    const steep = view === '3d' ? Math.max(0.25, Math.sin((elevation * Math.PI) / 180)) : 1;
    const [right, away] = [-dx / projection.scale[0], view === 'profile' ? 0 : dy / projection.scale[1] / steep];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [ex, ez] = this.#stage.extent;
    this.#camera.pan((right * cos - away * sin) / ex, (right * sin + away * cos) / ez);
  }
}


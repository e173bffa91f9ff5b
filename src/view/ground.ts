import { Group } from 'three/webgpu';
import { plateauBelow } from '../analysis/slopes.ts';
import type { TerrainSamples } from '../compute/contract.ts';
import type { PictureChoice } from '../scene/scene.ts';
import { axisStep } from './axes.ts';
import type { Frame } from './frame.ts';
import { hatchPitch } from './hatch.ts';
import { type HeightField, heightFieldOf } from './height-field.ts';
import { legendTicks, rampColours, signsOf } from './legend.ts';
import { LightMap } from './light-map.ts';
import { LOOKS } from './look.ts';
import { Plinth } from './plinth.ts';
import { extentOf, type Stage } from './projection.ts';
import type { Quality } from './quality.ts';
import { RampMap } from './ramp-map.ts';
import { rampOf, type Theme } from './ramps.ts';
import { type HeightMode, type Relief, reliefOf } from './relief.ts';
import { Rim } from './rim.ts';
import type { FieldDrawing } from './stroke-shapes.ts';
import { Strokes } from './strokes.ts';
import { SurfaceNodes } from './surface-nodes.ts';
import { type Plateaus, Terrain } from './terrain.ts';
import type { Legend } from './view.ts';

/** Height of the relief at exaggeration 1, and of the plinth's foot, in units of the longer side. A profile stands on a thinner one. */
const RELIEF = 0.28;
const FOOT = -0.045;
const PROFILE_FOOT = -0.014;

/** What of a picture concerns the ground. */
type GroundChoice = Pick<PictureChoice, 'exaggeration' | 'contours' | 'field' | 'plateaus'>;

/** The landscape as a body: terrain, plinth and rim, of one set of samples. */
export class Ground {
  readonly group = new Group();
  readonly surface: SurfaceNodes;
  readonly #frame: Frame;
  readonly #light = new LightMap();
  readonly #ramp = new RampMap();
  readonly #terrain: Terrain;
  readonly #plinth: Plinth;
  readonly #rim: Rim;
  readonly #strokes: Strokes;
  #theme: Theme = 'dark';
  #palette = 'atlas';
  #picture: GroundChoice = { exaggeration: 1, contours: true, field: 'none', plateaus: false };
  #samples: TerrainSamples | null = null;
  #plateaus: Plateaus | null = null;
  #relief: Relief | null = null;
  #field: HeightField | null = null;
  #legend: Legend | null = null;
  #stage: Stage = { extent: [0.5, 0.5], relief: RELIEF, foot: FOOT };

  constructor(frame: Frame) {
    this.#frame = frame;
    this.surface = new SurfaceNodes(frame);
    this.#terrain = new Terrain(this.surface, this.#light, this.#ramp);
    this.#plinth = new Plinth(this.surface, this.#ramp);
    this.#rim = new Rim(this.surface);
    this.#strokes = new Strokes(this.surface);
    this.#terrain.mesh.renderOrder = -3;
    this.#plinth.mesh.renderOrder = -2;
    this.#strokes.mesh.renderOrder = 2;
    this.#rim.mesh.renderOrder = 4;
    this.group.add(this.#terrain.mesh, this.#plinth.mesh, this.#strokes.mesh, this.#rim.mesh);
  }

  get field(): HeightField | null {
    return this.#field;
  }

  get relief(): Relief | null {
    return this.#relief;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get legend(): Legend | null {
    return this.#legend;
  }

  setTerrain(samples: TerrainSamples, height: HeightMode, palette: string): void {
    this.#palette = palette;
    this.#samples = samples;
    this.#findPlateaus();
    this.#relief = reliefOf(samples, height);
    this.#field = heightFieldOf(samples, this.#relief);
    this.surface.set(this.#field);
    this.#plinth.set(this.#field, this.#frame.cut.value);
    const [xmin, xmax, ymin, ymax] = samples.domain;
    const [width, depth] = [xmax - xmin, ymax - ymin];
    this.#frame.origin.value.set(xmin, ymin);
    this.#frame.scale.value.set(1 / width, 1 / depth);
    const [across, deep] = extentOf(samples.domain);
    const extent: [number, number] = [across / 2, deep / 2];
    this.#frame.extent.value.set(...extent);
    this.#plinth.setTicks(axisStep(width), axisStep(depth));
    this.#plinth.setContours(this.#relief.contours);
    this.#stage = { ...this.#stage, extent };
    this.#tint();
    this.#shape();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    for (const part of [this.#terrain, this.#plinth, this.#strokes, this.#rim]) {
      part.setLook(LOOKS[theme]);
    }
    this.#tint();
  }

  setPicture(picture: GroundChoice): void {
    const { exaggeration, field, plateaus } = this.#picture;
    this.#picture = picture;
    if (picture.field !== field || picture.plateaus !== plateaus) {
      this.#findPlateaus();
      this.#describe();
    }
    if (this.#relief) {
      this.#terrain.setContours(this.#relief.contours, picture.contours);
    }
    if (picture.exaggeration !== exaggeration) {
      this.#shape();
    }
  }

  /** Cuts the ground for a profile at a v of 0 … 1; 0 leaves it whole. */
  cut(v: number): void {
    const foot = v > 0 ? PROFILE_FOOT : FOOT;
    this.#frame.foot.value = foot;
    this.#stage = { ...this.#stage, foot };
    if (v !== this.#frame.cut.value && this.#field) {
      this.#frame.cut.value = v;
      this.#plinth.set(this.#field, v);
    }
  }

  /** The key light comes from where `turn` (radians) says. */
  turnLight(turn: number, steepness: number, exact: boolean): void {
    this.#light.turn(turn, steepness, exact);
  }

  /** The gradient field that lies over the ground; null for none. */
  setField(drawing: FieldDrawing | null): void {
    this.#strokes.set(drawing);
  }

  /**
   * Makes everything ready to be drawn as finely as told.
   * @param scale the size of signs
   * @param pixelsOfUnit CSS pixels of a world unit
   */
  prepare(quality: Quality, scale: number, pixelsOfUnit: number): void {
    const cut = this.#frame.cut.value > 0;
    if (this.#field) {
      this.#terrain.set(this.#field, quality, cut, this.#plateaus);
      this.#terrain.setPitch(hatchPitch(pixelsOfUnit));
      // From the side all lies behind the cut.
      this.#strokes.lay(this.#field, !cut, scale);
    }
  }

  dispose(): void {
    for (const part of [this.#terrain, this.#plinth, this.#strokes, this.#rim, this.surface, this.#ramp]) {
      part.dispose();
    }
  }

  /** Compares the samples with each other where plateaus are to be shown, once for each ground. */
  #findPlateaus(): void {
    const samples = this.#picture.plateaus ? this.#samples : null;
    if (samples !== (this.#plateaus?.samples ?? null)) {
      this.#plateaus = samples && { samples, limit: plateauBelow(samples) };
    }
  }

  /** The relief's shape has changed. */
  #shape(): void {
    if (!this.#field || !this.#relief) {
      return;
    }
    const relief = RELIEF * this.#picture.exaggeration;
    this.#stage = { ...this.#stage, relief };
    this.#frame.relief.value = Math.max(1e-4, relief);
    this.#light.set(this.#field, relief, [2 * this.#stage.extent[0], 2 * this.#stage.extent[1]]);
    this.#terrain.setContours(this.#relief.contours, this.#picture.contours);
  }

  #tint(): void {
    if (!this.#relief) {
      return;
    }
    this.#ramp.set(rampOf(this.#palette, this.#theme), this.#relief);
    this.#describe();
  }

  #describe(): void {
    if (!this.#relief) {
      return;
    }
    const ramp = rampOf(this.#palette, this.#theme);
    this.#legend = {
      height: this.#relief.mode,
      contours: this.#relief.contours.text,
      ticks: legendTicks(this.#relief),
      colours: rampColours(ramp),
      signs: signsOf(this.#picture.field, this.#plateaus?.limit ?? null),
    };
  }
}

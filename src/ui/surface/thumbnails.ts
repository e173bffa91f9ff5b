import type { TerrainSamples } from '../../compute/contract.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import { sampleTerrain } from '../../compute/engine/terrain.ts';
import type { Surface } from '../../landscape/surface.ts';
import { DEFAULT_SCENE } from '../../scene/defaults.ts';
import type { PictureChoice } from '../../scene/scene.ts';
import { rampOf } from '../../view/ramps.ts';
import { type Relief, reliefOf } from '../../view/relief.ts';
import { el } from '../dom.ts';
import { themeOf } from '../theme.ts';

/** Pixels a side: twice what is shown, for fine screens. */
const SIZE = 128;

/** How dark the slope away from the light is, and how dark a contour. */
const SHADE = 5;
const INK = 0.72;

/** Small maps of the built-in surfaces, drawn when they are first seen and again in other colours. */
export interface Thumbnails {
  of(surface: Surface): HTMLElement;
  /** Resolves when all are drawn, or others are wanted. */
  draw(picture: PictureChoice): Promise<void>;
}

/** Samples a surface over its own domain: on the GPU, or by the float64 closures where there is none or it has just gone. */
async function samplesOf(gpu: GPUDevice | null, { id }: Surface): Promise<TerrainSamples> {
  const landscape = landscapeOf({ ...DEFAULT_SCENE, surface: { id, params: {} }, domain: null });
  try {
    return await sampleTerrain(gpu, landscape, SIZE);
  } catch {
    return sampleTerrain(null, landscape, SIZE);
  }
}

/** Paints heights as an atlas does: tinted, lit from the upper left, with a line at every fifth contour. */
function paint(canvas: HTMLCanvasElement, { values }: TerrainSamples, relief: Relief, picture: PictureChoice): void {
  const pen = canvas.getContext('2d');
  if (!pen) {
    return;
  }
  const ramp = rampOf(picture.palette, themeOf(picture.theme));
  const image = pen.createImageData(SIZE, SIZE);
  const heightAt = (i: number, j: number): number =>
    relief.height(values[4 * (Math.max(0, j) * SIZE + Math.min(SIZE - 1, i))]);
  const { scale, offset } = relief.contours;
  const band = (height: number): number => Math.floor((height * scale + offset) / 5);
  for (let j = 0; j < SIZE; j += 1) {
    for (let i = 0; i < SIZE; i += 1) {
      const height = heightAt(i, j);
      const next = heightAt(i + 1, j - 1);
      const light = Math.min(1.15, Math.max(0.7, 1 + SHADE * (next - height)));
      const line = band(height) === band(heightAt(i + 1, j)) && band(height) === band(heightAt(i, j - 1)) ? 1 : INK;
      const colour = ramp(relief.ramp(height));
      // Pictures run down, y runs up.
      const at = 4 * ((SIZE - 1 - j) * SIZE + i);
      for (let c = 0; c < 3; c += 1) {
        image.data[at + c] = 255 * colour[c] * light * line;
      }
      image.data[at + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
}

const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

/** Makes the maps. @param gpu asked each time; null: they are computed by the CPU */
export function createThumbnails(gpu: () => GPUDevice | null): Thumbnails {
  const made: {
    readonly canvas: HTMLCanvasElement;
    readonly surface: Surface;
    ground?: { samples: TerrainSamples; relief: Relief };
  }[] = [];
  let drawn = '';

  return {
    of(surface) {
      const canvas = el('canvas', { width: SIZE, height: SIZE, class: 'thumbnail', 'aria-hidden': 'true' });
      made.push({ canvas, surface });
      return canvas;
    },
    async draw(picture) {
      const look = `${picture.palette} ${themeOf(picture.theme)}`;
      if (look === drawn) {
        return;
      }
      drawn = look;
      for (const one of made) {
        // One a frame, so that the dialog opens at once.
        await nextFrame();
        if (!one.ground) {
          const samples = await samplesOf(gpu(), one.surface);
          one.ground = { samples, relief: reliefOf(samples, one.surface.heightScale) };
        }
        if (look !== drawn) {
          return;
        }
        paint(one.canvas, one.ground.samples, one.ground.relief, picture);
      }
    },
  };
}

import { LinearSRGBColorSpace, NoToneMapping, WebGPURenderer } from 'three/webgpu';
import type { Pen } from './annotations.ts';
import type { ViewOptions } from './view.ts';

/** three's renderer on the view's canvas: on its device, or on WebGL 2 without one. @throws Error (rejects) when neither can draw here */
export async function createRenderer({ canvas, device }: ViewOptions): Promise<WebGPURenderer> {
  const renderer = new WebGPURenderer({
    canvas,
    antialias: false,
    alpha: false,
    ...(device ? { device } : { forceWebGL: true }),
  });
  renderer.outputColorSpace = LinearSRGBColorSpace;
  renderer.toneMapping = NoToneMapping;
  await renderer.init();
  return renderer;
}

/** Gives the canvas so many device pixels, rounded down, at least 1 a side. Returns their numbers. */
export function fitCanvas(renderer: WebGPURenderer, width: number, height: number): readonly [number, number] {
  // What is a whole number but for rounding is one.
  const [columns, rows] = [width, height].map((size) => Math.max(1, Math.floor(size + 1e-6)));
  const { domElement } = renderer;
  // Setting a canvas's size empties it, even to the same size.
  if (domElement.width !== columns || domElement.height !== rows) {
    renderer.setSize(columns, rows, false);
  }
  return [columns, rows];
}

/** A PNG of a canvas's size. @throws Error (rejects) when the browser cannot make one */
export async function pictureOf({ width, height }: HTMLCanvasElement, lay: (pen: Pen) => void): Promise<Blob> {
  const sheet = document.createElement('canvas');
  sheet.width = width;
  sheet.height = height;
  const pen = sheet.getContext('2d');
  if (pen) {
    lay(pen);
  }
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, 'image/png'));
  if (!blob) {
    throw new Error('The browser could not make a picture of the canvas: try a smaller window.');
  }
  return blob;
}

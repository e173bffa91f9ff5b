import { LinearSRGBColorSpace, NoToneMapping, WebGPURenderer } from 'three/webgpu';
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
  const [columns, rows] = [width, height].map((size) => Math.max(1, Math.floor(size)));
  const { domElement } = renderer;
  // Setting a canvas's size empties it, even to the same size.
  if (domElement.width !== columns || domElement.height !== rows) {
    renderer.setSize(columns, rows, false);
  }
  return [columns, rows];
}

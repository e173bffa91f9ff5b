/** Pixels as a PNG; alpha is not premultiplied. */
export async function pngOf(pixels: Uint8ClampedArray, width: number, height: number): Promise<Uint8Array> {
  const sheet = new OffscreenCanvas(width, height);
  const pen = sheet.getContext('2d') as OffscreenCanvasRenderingContext2D;
  pen.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
  return new Uint8Array(await (await sheet.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

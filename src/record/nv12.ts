/** Weights of red and blue in luma: ITU-R BT.709-6, item 3.2. */
const RED = 0.2126;
const BLUE = 0.0722;
const GREEN = 1 - RED - BLUE;

/** Codes of limited range: black, and how many codes luma and half of chroma span. BT.709-6, item 3.4 */
const BLACK = 16;
const LUMA = 219;
const CHROMA = 112;
const NEUTRAL = 128;

/** Fixed point: so many bits after the point. */
const BITS = 16;
const ONE = 2 ** BITS;
const HALF = ONE / 2;

/** RGB of 0 … 255 to a code, as integers. */
const weights = (scale: number, red: number, green: number, blue: number): readonly [number, number, number] => [
  Math.round((ONE * scale * red) / 255),
  Math.round((ONE * scale * green) / 255),
  Math.round((ONE * scale * blue) / 255),
];

const Y = weights(LUMA, RED, GREEN, BLUE);
const CB = weights(CHROMA / (1 - BLUE), -RED, -GREEN, 1 - BLUE);
const CR = weights(CHROMA / (1 - RED), 1 - RED, -GREEN, -BLUE);

/** Bytes of a picture in NV12. */
export const nv12Bytes = (width: number, height: number): number => (width * height * 3) / 2;

/**
 * Pixels as video stores them: a plane of luma, then one of Cb and Cr for each two by two pixels. BT.709, limited range: what
 * players assume of a file without doubt, where full range comes out too dark in some.
 * @param rgba row by row, width and height even; alpha is not looked at
 * @param out nv12Bytes(width, height) of them
 */
export function toNv12(rgba: Uint8ClampedArray, width: number, height: number, out: Uint8Array): void {
  const [yr, yg, yb] = Y;
  const luma = BLACK * ONE + HALF;
  for (let k = 0, at = 0; k < width * height; k += 1, at += 4) {
    out[k] = (yr * rgba[at] + yg * rgba[at + 1] + yb * rgba[at + 2] + luma) >> BITS;
  }
  const [br, bg, bb] = CB;
  const [rr, rg, rb] = CR;
  const row = 4 * width;
  // The mean of four: two bits less are left to shift.
  const chroma = 4 * NEUTRAL * ONE + 2 * ONE;
  for (let y = 0, k = width * height; y < height; y += 2) {
    for (let x = 0, at = y * row; x < width; x += 2, at += 8, k += 2) {
      const red = rgba[at] + rgba[at + 4] + rgba[at + row] + rgba[at + row + 4];
      const green = rgba[at + 1] + rgba[at + 5] + rgba[at + row + 1] + rgba[at + row + 5];
      const blue = rgba[at + 2] + rgba[at + 6] + rgba[at + row + 2] + rgba[at + row + 6];
      out[k] = (br * red + bg * green + bb * blue + chroma) >> (BITS + 2);
      out[k + 1] = (rr * red + rg * green + rb * blue + chroma) >> (BITS + 2);
    }
  }
}

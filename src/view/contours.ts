import { float, fract, fwidth, max, smoothstep } from 'three/tsl';
import type { Node } from 'three/webgpu';

/** Share of the ink of minor lines, and of bold ones. */
const MINOR = 0.5;
const BOLD = 0.85;

/** Lines closer than this many CSS pixels are gone; from twice and more of it they are whole. */
const CROWDED = 3;
const AIRY = 8;

/** Levels a pixel below which float32 cannot tell where a line runs: flat ground at a level would be all ink. From the second on lines are whole. */
const FLAT = 4e-6;
const SLOPING = 4e-5;

/**
 * Ink 0…1 of contour lines at whole numbers of `level`, every fifth one bold, of constant thickness on the screen; lines that
 * crowd fade.
 * @param widths of minor and bold lines, in device pixels
 * @param pixel device pixels of a CSS pixel
 */
export function contourInk(level: Node<'float'>, widths: Node<'vec2'>, pixel: Node<'float'>): Node<'float'> {
  const rate = max(fwidth(level), 1e-6).toVar();
  const ink = (at: Node<'float'>, perPixel: Node<'float'>, width: Node<'float'>, strength: number) => {
    const away = float(0.5).sub(fract(at).sub(0.5).abs()).div(perPixel);
    const fade = smoothstep(pixel.mul(CROWDED), pixel.mul(AIRY), float(1).div(perPixel));
    const half = width.mul(0.5);
    return half.add(0.5).sub(away).clamp(0, 1).mul(width.min(1)).mul(fade).mul(strength);
  };
  const minor = ink(level, rate as Node<'float'>, widths.x as Node<'float'>, MINOR);
  const bold = ink(level.div(5) as Node<'float'>, rate.div(5) as Node<'float'>, widths.y as Node<'float'>, BOLD);
  return max(minor, bold).mul(smoothstep(FLAT, SLOPING, rate)) as Node<'float'>;
}

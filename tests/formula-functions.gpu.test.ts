import { describe, expect, test } from 'vitest';
import mathText from '../shaders/lib/math.wgsl';
import { functions } from '../src/formula/functions.ts';
import { mapOnGpu } from './support/map.ts';

/** Half a unit in the last place of 1 in float32. */
const U = 2 ** -24;

/** Below this float32 has fewer digits, and a GPU may put 0. */
const SMALLEST = 2 ** -126;

/** Sizes from 2⁻⁴⁰ to 2⁴⁰ and evenly spaced places, of both signs, exact in float32. */
function samples(within: number): Float32Array<ArrayBuffer> {
  const places: number[] = [0];
  for (let k = 0; k < 20_000; k++) {
    const size = 2 ** (-40 + (80 * k) / 20_000);
    const even = (k * 40) / 20_000;
    const multiple = (k * Math.PI) / 2;
    places.push(size, -size, even, -even, multiple, -multiple);
  }
  return Float32Array.from(places).filter((x) => Math.abs(x) <= within);
}

async function onGpu(call: string, xs: Float32Array, ys: Float32Array = xs): Promise<Float32Array> {
  const rows = new Float32Array(4 * xs.length);
  for (let k = 0; k < xs.length; k++) {
    rows[4 * k] = xs[k];
    rows[4 * k + 1] = ys[k];
  }
  const mapped = `
    fn mapped(row: vec4u) -> vec4u {
      let x = bitcast<f32>(row.x);
      let y = bitcast<f32>(row.y);
      return vec4u(bitcast<u32>(${call}), 0, 0, 0);
    }`;
  const words = await mapOnGpu([mathText, mapped], new Uint32Array(rows.buffer));
  const results = new Float32Array(words.buffer);
  return xs.map((_, k) => results[4 * k]);
}

/** The worst error in units of what is stated; NaN and infinities must agree. */
function worstOf(xs: Float32Array, actual: Float32Array, expected: (k: number) => number, allowed: (k: number) => number): string {
  let worst = 0;
  let where = Number.NaN;
  for (let k = 0; k < xs.length; k++) {
    const exact = expected(k);
    const agrees = Number.isNaN(exact) ? Number.isNaN(actual[k]) : Math.fround(exact) === actual[k];
    const beyond = Math.abs(exact) > 3.4e38 && Math.abs(actual[k]) > 3.3e38;
    if (agrees || beyond) continue;
    const error = Math.abs(actual[k] - exact) / (U * allowed(k) + SMALLEST);
    if (!(error <= worst)) {
      worst = error;
      where = xs[k];
    }
  }
  return worst <= 1 ? '' : `${worst.toFixed(2)} times what is stated, at ${where}`;
}

describe('functions of shaders/lib/math.wgsl are as accurate as they state', () => {
  test.each(functions)('$name', async ({ wgsl, value, accuracy }) => {
    const xs = samples(accuracy.within);
    const actual = await onGpu(`${wgsl}(x)`, xs);
    const allowed = (k: number): number => accuracy.relative * Math.abs(value(xs[k])) + accuracy.absolute;
    expect(worstOf(xs, actual, (k) => value(xs[k]), allowed)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import clipText from '../shaders/lib/clip.wgsl';
import { clipGradient, type ClipKind } from '../src/descent/conditioning/clip.ts';
import { mapOnGpu } from './support/map.ts';
import { expectNear } from './support/tolerance.ts';

/** Entries of gradients from 0 to the ends of float32. */
const ENTRIES = [0, 1e-38, 1e-20, 1e-7, 0.3, 1, 5, 700, 1e10, 3e19, 1e30, 3.4e38].flatMap((size) => [size, -size]);
const LIMITS = [1e-3, 1, 50, 1e9, 3e38];

const FUNCTIONS: readonly (readonly [ClipKind, string])[] = [
  ['norm', 'clipNorm'],
  ['value', 'clipValue'],
];

describe.each(FUNCTIONS)('Clipping by %s on the GPU', (kind, name) => {
  it('is that of the reference, for gradients of any size', async () => {
    const rows = LIMITS.flatMap((limit) => ENTRIES.flatMap((x) => ENTRIES.flatMap((y) => [x, y, limit, 0])));
    const inputs = Float32Array.from(rows);
    const text = `fn mapped(x: vec4u) -> vec4u {
      let row = bitcast<vec4f>(x);
      return vec4u(bitcast<vec2u>(${name}(row.xy, row.z)), x.zw);
    }`;
    const found = new Float32Array((await mapOnGpu([clipText, text], new Uint32Array(inputs.slice().buffer))).buffer);
    for (let i = 0; i < inputs.length; i += 4) {
      const [x, y, limit] = inputs.subarray(i, i + 3);
      const expected = Float64Array.of(x, y);
      const tolerance = {
        rel: 12 * 2 ** -23,
        abs: 2 ** -120 * (1 + limit),
        why: 'divisions and a root in float32; an entry 2⁻¹²⁶ times the other, or so small itself, counts as 0',
      };
      clipGradient(expected, kind, limit);
      expectNear(found[i], expected[0], tolerance, `x of (${x}, ${y}) by ${limit}`);
      expectNear(found[i + 1], expected[1], tolerance, `y of (${x}, ${y}) by ${limit}`);
    }
  });

  it('leaves what is not a number so', async () => {
    const inputs = Float32Array.of(Number.NaN, Number.NaN, 1, 0);
    const text = `fn mapped(x: vec4u) -> vec4u {
      let row = bitcast<vec4f>(x);
      return vec4u(bitcast<vec2u>(${name}(row.xy, row.z)), x.zw);
    }`;
    const found = new Float32Array((await mapOnGpu([clipText, text], new Uint32Array(inputs.buffer))).buffer);
    expect([found[0], found[1]]).toEqual([Number.NaN, Number.NaN]);
  });
});

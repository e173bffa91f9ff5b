import { expect, it } from 'vitest';
import randomText from '../shaders/lib/random.wgsl?raw';
import { gaussianPair, hash, uniform } from '../src/math/random.ts';
import { mapOnGpu } from './support/map.ts';

/** Keys with small, large and arbitrary words. */
const COUNT = 4096;
const keys = new Uint32Array(4 * COUNT);
for (let i = 0; i < keys.length; i += 1) {
  keys[i] = i % 3 === 0 ? i : Math.imul(i, 0x9e3779b9);
}

function hashes(): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i += 4) {
    hash(keys[i], keys[i + 1], keys[i + 2], keys[i + 3], out.subarray(i, i + 4));
  }
  return out;
}

it('Hashes are the same on the GPU, bit for bit', async () => {
  const found = await mapOnGpu([randomText, 'fn mapped(x: vec4u) -> vec4u { return randomHash(x); }'], keys.slice());
  expect(found).toEqual(hashes());
});

it('Uniform numbers are the same on the GPU, bit for bit', async () => {
  const text = `fn mapped(x: vec4u) -> vec4u {
    return bitcast<vec4u>(vec4f(randomUniform(x.x), randomUniform(x.y), randomUniform(x.z), randomUniform(x.w)));
  }`;
  const found = new Float32Array((await mapOnGpu([randomText, text], hashes())).buffer);
  expect(found).toEqual(Float32Array.from(hashes(), uniform));
});

it('Gaussian numbers are the same on the GPU, as far as its sines are right', async () => {
  const text = 'fn mapped(x: vec4u) -> vec4u { return vec4u(bitcast<vec2u>(randomGaussianPair(x.xy)), x.zw); }';
  const bits = hashes();
  const found = new Float32Array((await mapOnGpu([randomText, text], bits)).buffer);
  const pair = new Float64Array(2);
  let worst = 0;
  for (let i = 0; i < bits.length; i += 4) {
    gaussianPair(bits[i], bits[i + 1], pair);
    worst = Math.max(worst, Math.abs(found[i] - pair[0]), Math.abs(found[i + 1] - pair[1]));
  }
  // WGSL's sin and cos err by 2⁻¹¹ at most on [−π, π], and the radius is below 5.8; its log by 2⁻²¹, which is less.
  expect(worst).toBeLessThan(5.8 * 2 ** -11 + 1e-4);
});

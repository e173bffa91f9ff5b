import { describe, expect, it } from 'vitest';
import { gaussianPair, hash, uniform } from '../src/math/random.ts';

function hashed(...key: [number, number, number, number]): number[] {
  const out = new Uint32Array(4);
  hash(...key, out);
  return [...out];
}

/** pcg4d in integers of any size, each sum and product reduced: no 32-bit arithmetic to get wrong. */
function pcg4d(key: readonly number[]): number[] {
  const mod = (value: bigint) => value & 0xffffffffn;
  let v = key.map((k) => mod(BigInt(k) * 1664525n + 1013904223n));
  const mix = () => {
    v[0] = mod(v[0] + v[1] * v[3]);
    v[1] = mod(v[1] + v[2] * v[0]);
    v[2] = mod(v[2] + v[0] * v[1]);
    v[3] = mod(v[3] + v[1] * v[2]);
  };
  mix();
  v = v.map((value) => value ^ (value >> 16n));
  mix();
  return v.map(Number);
}

describe('Random numbers are a function of seed, stream, particle and step', () => {
  const keys: [number, number, number, number][] = [
    [0, 0, 0, 0],
    [1, 0, 0, 0],
    [0, 1, 2, 3],
    [7, 0, 1048575, 12],
    [4294967295, 4294967295, 4294967295, 4294967295],
    [2147483648, 3, 65536, 4000000000],
  ];

  it.each(keys)('keys %d %d %d %d hash as pcg4d does', (...key) => {
    expect(hashed(...key)).toEqual(pcg4d(key));
  });

  it('changes about half of the bits when one bit of one key changes', () => {
    const base: [number, number, number, number] = [123, 0, 456, 789];
    const before = hashed(...base);
    let flips = 0;
    let bits = 0;
    for (let k = 0; k < 4; k += 1) {
      for (let b = 0; b < 32; b += 1) {
        const key = [...base] as typeof base;
        key[k] = (key[k] ^ (1 << b)) >>> 0;
        for (const [i, value] of hashed(...key).entries()) {
          flips += (value ^ before[i]).toString(2).replace(/[^1]/g, '').length;
          bits += 32;
        }
      }
    }
    // 16,384 bits, of which some in the low places mix less; a hash that left a key out would lose a quarter.
    expect(flips / bits).toBeGreaterThan(0.4);
    expect(flips / bits).toBeLessThan(0.6);
  });

  it('uniform numbers lie in [0, 1), are exact in float32, and fill it evenly', () => {
    const count = 1 << 16;
    const bins = new Float64Array(64);
    let exact = true;
    for (let i = 0; i < count; i += 1) {
      const u = uniform(hashed(5, 0, i, 0)[1]);
      exact &&= u === Math.fround(u);
      bins[Math.floor(64 * u)] += 1;
    }
    expect(exact).toBe(true);
    expect(uniform(0)).toBe(0);
    expect(uniform(0xffffffff)).toBeLessThan(1);
    const expected = count / 64;
    const chiSquare = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // 63 degrees of freedom: mean 63, deviation 11.2; beyond six deviations either way it is not chance.
    expect(Math.abs(chiSquare - 63)).toBeLessThan(6 * 11.2);
  });

  it('gaussian numbers have mean 0, variance 1, a fourth moment of 3, and the pair is uncorrelated', () => {
    const count = 1 << 16;
    const pair = new Float64Array(2);
    let [mean, square, fourth, product] = [0, 0, 0, 0];
    for (let i = 0; i < count; i += 1) {
      const [a, b] = hashed(9, 1, i, 4);
      gaussianPair(a, b, pair);
      mean += (pair[0] + pair[1]) / (2 * count);
      square += (pair[0] ** 2 + pair[1] ** 2) / (2 * count);
      fourth += (pair[0] ** 4 + pair[1] ** 4) / (2 * count);
      product += (pair[0] * pair[1]) / count;
    }
    // Six standard errors: 1, √2, √96 and 1 over the root of the number of draws.
    expect(Math.abs(mean)).toBeLessThan(6 / Math.sqrt(2 * count));
    expect(Math.abs(square - 1)).toBeLessThan((6 * Math.SQRT2) / Math.sqrt(2 * count));
    expect(Math.abs(fourth - 3)).toBeLessThan((6 * Math.sqrt(96)) / Math.sqrt(2 * count));
    expect(Math.abs(product)).toBeLessThan(6 / Math.sqrt(count));
  });
});

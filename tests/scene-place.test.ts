import { describe, expect, it } from 'vitest';
import { pointed } from '../src/scene/place.ts';

describe('a place that was pointed at', () => {
  it.each([
    [[-5, 5, -5, 5], 1.23456789, -0.000004, [1.2346, 0]],
    [[0, 1e-3, 0, 9.99], 1.23456789e-4, 9.876543, [1.2346e-4, 9.87654]],
    [[-1e9, 1e9, 0, 2e5], 123456789, 123456.78, [123460000, 123457]],
  ] as const)('on %j keeps the digits that can be seen', (domain, x, y, kept) => {
    expect(pointed(domain, x, y)).toEqual(kept);
  });

  it('is off by less than a tenth of a pixel on a screen of 16,384 columns', () => {
    for (const width of [1e-6, 0.3, 1, 7, 10, 1234, 1e9]) {
      for (let i = 0; i <= 1000; i += 1) {
        const x = width * (i / 1000 - 0.5);
        const [found] = pointed([-width / 2, width / 2, 0, 1], x, 0);
        // Half a unit of the last digit, which is at most 1e-5 of the width; the rest is the difference's own rounding.
        expect(Math.abs(found - x)).toBeLessThanOrEqual(0.5001e-5 * width);
      }
    }
  });
});

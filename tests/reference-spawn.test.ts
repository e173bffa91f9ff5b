import { describe, expect, it } from 'vitest';
import { spawnStarts } from '../src/descent/spawn.ts';

const DOMAIN = [-5, 5, -2, 6] as const;
const RULES = ['uniform', 'gaussian', 'grid'] as const;

const spawn = (rule: (typeof RULES)[number], count: number, seed = 0) =>
  spawnStarts({ count, spawn: rule, points: [] }, DOMAIN, seed);

const column = (places: Float64Array, axis: number) => places.filter((_, i) => i % 2 === axis);
const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
const deviation = (values: Float64Array) => {
  const m = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - m) ** 2)));
};

describe.each(RULES)('Starts by %s', (rule) => {
  it('are as many as asked, inside the domain, and exact in float32', () => {
    for (const count of [1, 2, 3, 10, 1000]) {
      const places = spawn(rule, count, 3);
      expect(places.length).toBe(2 * count);
      expect(places).toEqual(places.map(Math.fround));
      expect(column(places, 0).every((x) => x >= -5 && x <= 5)).toBe(true);
      expect(column(places, 1).every((y) => y >= -2 && y <= 6)).toBe(true);
    }
  });

  it('are the same again for the same seed', () => {
    expect(spawn(rule, 500, 11)).toEqual(spawn(rule, 500, 11));
  });
});

describe.each(['uniform', 'gaussian'] as const)('Starts by %s', (rule) => {
  it('differ by seed, and more of them begin with the fewer', () => {
    expect(spawn(rule, 100, 1)).not.toEqual(spawn(rule, 100, 2));
    expect(spawn(rule, 1000, 1).subarray(0, 200)).toEqual(spawn(rule, 100, 1));
  });
});

it('Gaussian starts lie about the centre, an eighth of the width away', () => {
  const places = spawn('gaussian', 20_000);
  // Six standard errors of a mean and of a deviation of 20,000 draws: 0.042σ and 0.03σ.
  expect(Math.abs(mean(column(places, 0)) - 0)).toBeLessThan(0.042 * 1.25);
  expect(Math.abs(mean(column(places, 1)) - 2)).toBeLessThan(0.042);
  expect(Math.abs(deviation(column(places, 0)) - 1.25)).toBeLessThan(0.03 * 1.25);
  expect(Math.abs(deviation(column(places, 1)) - 1)).toBeLessThan(0.03);
});

it('Uniform starts have the mean and the deviation of an even spread', () => {
  const places = spawn('uniform', 20_000);
  // The deviation of an even spread of width w is w/√12; six standard errors of the mean.
  expect(Math.abs(mean(column(places, 0)))).toBeLessThan((6 * 10) / Math.sqrt(12 * 20_000));
  expect(Math.abs(deviation(column(places, 1)) - 8 / Math.sqrt(12))).toBeLessThan(0.05);
});

it('A grid has its corners in the corners and unfinished rows at the end', () => {
  expect([...spawn('grid', 9)]).toEqual([-5, -2, 0, -2, 5, -2, -5, 2, 0, 2, 5, 2, -5, 6, 0, 6, 5, 6]);
  expect([...spawn('grid', 5)]).toEqual([-5, -2, 0, -2, 5, -2, -5, 6, 0, 6]);
  expect([...spawn('grid', 2)]).toEqual([-5, 2, 5, 2]);
  expect([...spawn('grid', 1)]).toEqual([0, 2]);
});

it('Points are taken as they are given', () => {
  const points = [
    [0.1, 2],
    [-3, 0.7],
  ] as const;
  expect([...spawnStarts({ count: 2, spawn: 'points', points }, DOMAIN, 5)]).toEqual([0.1, 2, -3, 0.7]);
});

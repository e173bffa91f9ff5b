import { describe, expect, test } from 'vitest';
import { reachedBand, reachedShares } from '../src/analysis/ecdf.ts';
import { holm } from '../src/analysis/comparison.ts';
import { leaderboardOf, type Outcomes, outcomesOf } from '../src/analysis/leaderboard.ts';
import { verdictOf } from '../src/analysis/verdict.ts';
import { binomialAtLeast, type Estimate, quantileOf, shareOf } from '../src/math/intervals.ts';
import { gaussianPair, hash } from '../src/math/random.ts';
import { resamples } from '../src/math/resample.ts';
import golden from './golden/leaderboard.json';
import { raced } from './support/racing.ts';

/** Numbers as stored, in which "inf" is a string. */
const numbers = (values: readonly (number | string)[]): number[] =>
  values.map((value) => (value === 'inf' ? Infinity : Number(value)));

const lanes: readonly Outcomes[] = golden.lanes.map((lane, index) => {
  const reached = Float64Array.from(numbers(lane.reached));
  const losses = Float64Array.from(numbers(lane.losses));
  const spent = new Float64Array(reached.length).fill(golden.budget);
  return {
    lane: index,
    reached,
    evaluations: reached,
    spent,
    losses,
    diverged: losses.filter((loss) => loss === Infinity).length,
  };
});

/**
 * Whether an interval from 2,000 resamples is that from 200,000 of numpy's: the end of a percentile interval of a normal varies by
 * √(0.025·0.975/2000)/0.058 = 0.06 standard deviations, of which the interval has 3.92; six times that is 0.1 of its length.
 */
function expectInterval(found: Estimate, [value, low, high]: readonly number[]): void {
  expect(found.value).toBeCloseTo(value, 9);
  for (const [k, end] of [low, high].entries()) {
    expect(
      found.interval[k] === end || Math.abs(found.interval[k] - end) <= 0.1 * (high - low),
      `${found.interval} for ${low}, ${high}`,
    ).toBe(true);
  }
}

describe('the statistics of a leaderboard, as stored', () => {
  const board = leaderboardOf(lanes, 5);
  const standingOf = (lane: number) => board.standings.find((standing) => standing.lane === lane);

  test('its order and what is seen', () => {
    expect(board.reached).toBe(true);
    expect(board.standings.map(({ lane, behind }) => [lane, behind?.seen ?? null])).toEqual([
      [0, null],
      [1, false],
      [2, true],
      [3, true],
    ]);
    const corrected = holm(golden.pairs);
    for (const [k, { behind }] of board.standings.slice(1).entries()) {
      // The pairs of the first lane come first. A p of 2,000 resamples is never below a thousandth, times the pairs that are left.
      expect(Math.abs((behind?.p ?? 0) - corrected[k])).toBeLessThanOrEqual(k === 0 ? 0.05 : 0.006);
    }
  });

  test.each(golden.lanes.map((lane, index) => [index, lane] as const))('lane %d', (index, lane) => {
    const found = standingOf(index);
    if (!found) {
      throw new Error('It is not on the board.');
    }
    // The roots of a quadratic, to what they lose to cancellation.
    for (const key of ['success', 'diverged'] as const) {
      expect(found[key].interval[0]).toBeCloseTo(lane[key][0], 12);
      expect(found[key].interval[1]).toBeCloseTo(lane[key][1], 12);
    }
    const exact = ({ value, interval }: Estimate): number[] => [value, ...interval];
    expect(exact(found.evaluations)).toEqual(numbers(lane.evaluations));
    expect([found.loss.q10, found.loss.q50, found.loss.q90].map(exact)).toEqual(Object.values(lane.loss).map(numbers));
    expectInterval(found.expected, numbers(lane.expected));
    if (lane.ratio && found.behind) {
      expectInterval(found.behind.by, lane.ratio);
    }
  });

  test.each(golden.lanes.map((lane, index) => [index, lane] as const))('the distribution of lane %d', (index, lane) => {
    const { reached } = lanes[index];
    const shares = reachedShares([reached], golden.at);
    const band = reachedBand([reached], golden.at, 3, 2000);
    for (const [k, [low, high]] of lane.band.entries()) {
      expect(shares[k]).toBe(reached.filter((cost) => cost <= golden.at[k]).length / reached.length);
      // Shares are whole 48ths: an end is at most the next one.
      expect(Math.abs(band.low[k] - low)).toBeLessThan(1.01 / reached.length);
      expect(Math.abs(band.high[k] - high)).toBeLessThan(1.01 / reached.length);
    }
  });

  test('the distribution over several targets', () => {
    const { evaluations, shares, band } = golden.targets;
    const rows = evaluations.map(numbers);
    const found = reachedBand(rows, golden.at, 3, 2000);
    const even = reachedShares(rows, golden.at);
    for (const [k, share] of shares.entries()) {
      expect(even[k]).toBeCloseTo(share, 12);
      const [low, high] = band[k];
      // As above: a tenth of the interval, and one of 144 pairs.
      const slack = 0.1 * (high - low) + 1.01 / 144;
      expect(Math.abs(found.low[k] - low)).toBeLessThan(slack);
      expect(Math.abs(found.high[k] - high)).toBeLessThan(slack);
    }
  });

  test.each(golden.binomial)('of %d, each with the chance of %d of them, at least %d', (n, k, m, probability) => {
    expect(Math.abs(binomialAtLeast(n, k / n, m) / probability - 1)).toBeLessThan(1e-10);
  });
});

test('corrected p values are Holm’s', () => {
  // By hand: 4 × 0.01, 3 × 0.02 = 0.06, 2 × 0.03 = 0.06, and 0.04 is no less than those before it.
  for (const [k, p] of [0.06, 0.04, 0.06, 0.06].entries()) {
    expect(holm([0.02, 0.01, 0.04, 0.03])[k]).toBeCloseTo(p, 12);
  }
});

test('resamples draw n of n, each alike, and the same again', () => {
  const sums = new Float64Array(7);
  const first: number[][] = [];
  for (const drawn of resamples(7, 3000, 1)) {
    first.push([...drawn]);
    for (const [i, times] of drawn.entries()) {
      sums[i] += times;
    }
  }
  expect(first.every((drawn) => drawn.reduce((sum, times) => sum + times, 0) === 7)).toBe(true);
  // Each is drawn 3000 times on average, with a standard deviation of √(21000·6/49) = 51.
  expect(Math.max(...sums.map((sum) => Math.abs(sum - 3000)))).toBeLessThan(4 * 51);
  expect([...resamples(7, 2, 1)].length).toBe(2);
  const again = resamples(7, 3, 1);
  expect([...(again.next().value as Uint32Array)]).toEqual(first[0]);
});

/** Standard normals, a pair for each key. */
function normals(count: number, key: number): Float64Array {
  const values = new Float64Array(count + 1);
  const bits = new Uint32Array(4);
  const pair = new Float64Array(2);
  for (let i = 0; i < count; i += 2) {
    hash(99, 7, key, i, bits);
    gaussianPair(bits[0], bits[1], pair);
    values.set(pair, i);
  }
  return values.slice(0, count);
}

describe('intervals cover what they should', () => {
  test.each([0.02, 0.1, 0.5, 0.9])('a share of %d', (p) => {
    // The coverage itself, no simulation: Wilson's is near its 95 % on average, and for a single share never far below 90 %.
    const n = 100;
    const pmf = Array.from({ length: n + 1 }, (_, k) => binomialAtLeast(n, p, k) - binomialAtLeast(n, p, k + 1));
    const covered = pmf.reduce((sum, mass, k) => {
      const [low, high] = shareOf(k, n).interval;
      return sum + (low <= p && p <= high ? mass : 0);
    }, 0);
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.985);
  });

  test.each([0.1, 0.5])('a quantile, %d', (q) => {
    // 600 samples: three standard deviations of a coverage of 95 % are 2.7 %. The interval is a rank too long for a lattice of ranks.
    const truth = { 0.1: -1.2815515655446004, 0.5: 0 }[q] ?? 0;
    let covered = 0;
    for (let key = 0; key < 600; key += 1) {
      const [low, high] = quantileOf(normals(101, key).sort(), q).interval;
      covered += low <= truth && truth <= high ? 1 : 0;
    }
    expect(covered / 600).toBeGreaterThan(0.92);
    expect(covered / 600).toBeLessThan(0.99);
  });
});

describe('differences', () => {
  /** Four lanes whose starts are as hard for one as for another; the last lane's costs are multiplied. */
  const simulated = (key: number, times: number): Outcomes[] => {
    const starts = 60;
    const hard = normals(starts, 1000 + key);
    return [0, 1, 2, 3].map((lane) => {
      const own = normals(starts, 2000 + 4 * key + lane);
      const reached = hard.map((level, i) => {
        const cost = (lane === 3 ? times : 1) * Math.exp(level + 0.3 * own[i]);
        return cost < 4 ? cost : Infinity;
      });
      return { lane, reached, evaluations: reached, spent: reached.map(() => 4), losses: own, diverged: 0 };
    });
  };

  test('are seldom seen where there are none', () => {
    const wrong = Array.from({ length: 100 }, (_, key) => leaderboardOf(simulated(key, 1), key, 400).standings).filter(
      (standings) => standings.some(({ behind }) => behind?.seen),
    ).length;
    // At most 5 in 100 on average, and then 12 are three standard deviations above that.
    expect(wrong).toBeLessThanOrEqual(12);
  });

  test('are seen where they are, since starts are shared', () => {
    const boards = Array.from({ length: 20 }, (_, key) => leaderboardOf(simulated(key, 1.6), key, 400));
    const right = boards.filter(({ standings }) => standings[3].lane === 3 && standings[3].behind?.seen).length;
    expect(right).toBeGreaterThanOrEqual(19);
  });

  test('the same board again for the same seed, another for another', () => {
    expect(leaderboardOf(lanes, 5, 100)).toEqual(leaderboardOf(lanes, 5, 100));
    expect(leaderboardOf(lanes, 5, 100)).not.toEqual(leaderboardOf(lanes, 6, 100));
  });
});

describe('in words', () => {
  const nameOf = (lane: number): string => ['adam', 'momentum', 'gd', 'lion'][lane];
  const said = (some: readonly Outcomes[], kind: 'steps' | 'gradients' | 'time' = 'steps'): string =>
    verdictOf(leaderboardOf(some, 5), kind, nameOf);
  const never = (lane: number, losses: (i: number) => number): Outcomes => {
    const reached = lanes[lane].reached.map(() => Infinity);
    return { ...lanes[lane], reached, evaluations: reached, losses: lanes[lane].losses.map((_, i) => losses(i)) };
  };

  test('who is first, by how much, and where no difference is seen', () => {
    expect(said(lanes)).toMatch(
      /^No difference is seen in how soon adam and momentum reach the target; gd takes 3\.5 times as many updates \(95 % interval 2\.\d to 5\.\d\)\.$/,
    );
    expect(said([lanes[0], lanes[2]], 'gradients')).toMatch(
      /^adam reaches the target first, from 92 % of the starts; gd takes 3\.5 times as many gradient evaluations \(/,
    );
    expect(said([lanes[0], lanes[2]], 'time')).toContain('gd takes 3.5 times as long (');
    expect(said([lanes[0], lanes[3]])).toBe('adam reaches the target first, from 92 % of the starts; lion never does.');
    expect(said([lanes[0]])).toBe('adam reaches the target, from 92 % of the starts.');
    expect(said([lanes[0], { ...lanes[0], lane: 1 }])).toBe(
      'No difference is seen in how soon adam and momentum reach the target.',
    );
  });

  test('and where nobody arrives, who ends lowest', () => {
    const none = 'No lane reaches the target from any start';
    expect(said([never(2, (i) => 2 + (i % 3)), never(3, (i) => 1 + (i % 3))])).toBe(`${none}; lion ends lowest.`);
    expect(said([never(2, (i) => i % 2), never(3, (i) => (i + 1) % 2)])).toBe(
      `${none}; of the losses at the end no difference is seen between gd and lion.`,
    );
    expect(said([never(3, () => 1)])).toBe(`${none}.`);
  });
});

test('a few starts tell nothing of others', () => {
  // Each of them for the one lane, but five in a row are heads with a coin, too, once in sixteen.
  const some = (starts: number): Outcomes[] =>
    [1, 2].map((cost, lane) => {
      const reached = new Float64Array(starts).fill(cost);
      return { lane, reached, evaluations: reached, spent: reached, losses: reached, diverged: 0 };
    });
  const said = (lanes: readonly Outcomes[]): string =>
    verdictOf(leaderboardOf(lanes, 1), 'steps', (lane) => 'ab'[lane]);
  expect([1, 5, 6].map((starts) => leaderboardOf(some(starts), 1).standings[1].behind?.seen)).toEqual([
    false,
    false,
    true,
  ]);
  expect(said(some(1))).toBe('a reaches the target first from this start; one start tells nothing of others.');
  expect(said(some(5))).toBe('a reaches the target first from these 5 starts; so few tell nothing of others.');
  expect(said(some(6))).toMatch(
    /^a reaches the target first, from 100 % of the starts; b takes 2 times as many updates/,
  );
  const never = some(2).map((lane) => ({ ...lane, reached: lane.reached.map(() => Infinity) }));
  expect(said(never)).toBe(
    'a ends lowest, and no lane reaches the target from these 2 starts; so few tell nothing of others.',
  );
});

test('many starts are resampled in groups, which tell as much', () => {
  // Costs are 1 or 3: the mean is 2 with a standard error of 1/√n, whatever the groups.
  const starts = 40000;
  const bits = new Uint32Array(4);
  const some = [0, 1].map((lane): Outcomes => {
    const reached = Float64Array.from({ length: starts }, (_, i) => {
      hash(5, 8, lane, i, bits);
      return 1 + 2 * (bits[0] & 1);
    });
    return { lane, reached, evaluations: reached, spent: reached, losses: reached, diverged: 0 };
  });
  const { standings } = leaderboardOf(some, 1, 1000);
  for (const { expected } of standings) {
    const [low, high] = expected.interval;
    // Ends of an interval of 1,000 resamples vary by a twelfth of a standard error each.
    expect(Math.abs((high - low) / (2 * 1.96 * starts ** -0.5) - 1)).toBeLessThan(0.2);
    expect(low < expected.value && expected.value < high).toBe(true);
  }
});

test('a binomial of a million', () => {
  // Symmetric: half of it is at or above the middle, and half of the middle's own share beside; that share is 1/√(πn/2) but for 1/(4n).
  const middle = 1 / Math.sqrt(Math.PI * 5e5);
  expect(Math.abs(binomialAtLeast(1e6, 0.5, 5e5) - (0.5 + middle / 2))).toBeLessThan(1e-8);
});

test('targets that are reached together count as one observation', () => {
  const [{ reached }] = lanes;
  expect(reachedBand([reached, reached, reached], golden.at, 3, 200)).toEqual(
    reachedBand([reached], golden.at, 3, 200),
  );
});

test('a race’s own results come to the board in the budget’s unit', async () => {
  const results = await raced(null, { kind: 'gradients', n: 60 }, [60]);
  const sam = outcomesOf(results[1], 2, { kind: 'gradients', n: 60 });
  expect(sam.lane).toBe(2);
  expect(sam.spent.every((spent) => spent === 60)).toBe(true);
  expect(sam.reached.every((spent) => spent === Infinity || (spent > 0 && spent % 2 === 0))).toBe(true);
  const updates = outcomesOf(results[1], 2, { kind: 'steps', n: 30 });
  expect([...updates.reached]).toEqual([...sam.reached].map((spent) => spent / 2));
  expect([...updates.evaluations]).toEqual([...sam.reached]);
  const time = outcomesOf(results[1], 2, { kind: 'time', n: 30, costs: [1, Infinity, 3, 9, 9] });
  expect([...time.reached]).toEqual([...updates.reached].map((update) => 3 * update));
});

/** A monotone curve through points: value and slope at x, held constant beyond the ends. */
export interface MonotoneCurve {
  value(x: number): number;
  slope(x: number): number;
}

/**
 * The cubic through points of rising x that never overshoots: it rises where they rise.
 * Source: F. Fritsch and J. Butland, "A method for constructing local monotone piecewise cubic interpolants", 1984.
 * @param xs strictly rising, at least two
 */
export function monotoneCurve(xs: readonly number[], ys: readonly number[]): MonotoneCurve {
  const last = xs.length - 1;
  const secants = xs.slice(1).map((x, k) => (ys[k + 1] - ys[k]) / (x - xs[k]));
  const tangents = xs.map((_, k) => {
    const [left, right] = [secants[Math.max(0, k - 1)], secants[Math.min(last - 1, k)]];
    return left * right > 0 ? (2 * left * right) / (left + right) : 0;
  });
  const find = (x: number) => {
    let [low, high] = [0, last - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (xs[middle] <= x) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  };
  return {
    value(x) {
      if (x <= xs[0] || x >= xs[last]) {
        return x <= xs[0] ? ys[0] : ys[last];
      }
      const k = find(x);
      const width = xs[k + 1] - xs[k];
      const t = (x - xs[k]) / width;
      const rise = ys[k + 1] - ys[k];
      const smooth = t * t * (3 - 2 * t);
      return ys[k] + smooth * rise + t * (1 - t) * width * ((1 - t) * tangents[k] - t * tangents[k + 1]);
    },
    slope(x) {
      if (x <= xs[0] || x >= xs[last]) {
        return 0;
      }
      const k = find(x);
      const t = (x - xs[k]) / (xs[k + 1] - xs[k]);
      return 6 * t * (1 - t) * secants[k] + (1 - t) * (1 - 3 * t) * tangents[k] + t * (3 * t - 2) * tangents[k + 1];
    },
  };
}

import type { GradientField } from './gradient-field.ts';

/** The direction may turn so far between two neighbouring places; else one between them is taken. */
const TURN = Math.PI / 3;

/** Places along a side at first. */
const PIECES = 16;

/** How often a stretch is halved at most. */
const DEPTH = 30;

/**
 * How often the gradient turns around while one walks once around a rectangle of the unit square, counterclockwise: the sum
 * of the indices of the stationary points inside (minima and maxima +1, saddles -1) where the gradient is continuous.
 * NaN where the gradient vanishes or is not finite on the way.
 *
 * Source: Poincaré and Hopf; the winding number of a planar field.
 */
export function winding(field: GradientField, [u0, v0, u1, v1]: readonly [number, number, number, number]): number {
  const angleAt = (u: number, v: number): number => {
    field.at(...field.place(u, v));
    const [gu, gv] = field.slope;
    return gu === 0 && gv === 0 ? Number.NaN : Math.atan2(gv, gu);
  };
  const turn = (au: number, av: number, a: number, bu: number, bv: number, b: number, depth: number): number => {
    const way = Math.atan2(Math.sin(b - a), Math.cos(b - a));
    if (!(Math.abs(way) > TURN) || depth === 0) return way;
    const [mu, mv] = [(au + bu) / 2, (av + bv) / 2];
    const m = angleAt(mu, mv);
    return turn(au, av, a, mu, mv, m, depth - 1) + turn(mu, mv, m, bu, bv, b, depth - 1);
  };
  const corners = [
    [u0, v0],
    [u1, v0],
    [u1, v1],
    [u0, v1],
    [u0, v0],
  ] as const;
  let total = 0;
  for (let side = 0; side < 4; side += 1) {
    const [[au, av], [bu, bv]] = [corners[side], corners[side + 1]];
    let [pu, pv, angle] = [au as number, av as number, angleAt(au, av)];
    for (let k = 1; k <= PIECES; k += 1) {
      const [qu, qv] = [au + ((bu - au) * k) / PIECES, av + ((bv - av) * k) / PIECES];
      const next = angleAt(qu, qv);
      total += turn(pu, pv, angle, qu, qv, next, DEPTH);
      [pu, pv, angle] = [qu, qv, next];
    }
  }
  return Math.round(total / (2 * Math.PI));
}

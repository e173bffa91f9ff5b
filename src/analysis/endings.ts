import type { Landscape, TerrainSamples, Watched } from '../compute/contract.ts';
import type { CriticalPoint } from '../landscape/surface.ts';
import { plateauBelow } from './slopes.ts';

/**
 * Where a particle can end, the first that holds:
 *
 * - `gone`: it left the number range, or the domain
 * - `minimum`: it is within a hundredth of the domain of a minimum, moving or not: noise never lets it rest
 * - `saddle`, `maximum`: it is as near to one, and the gradient is that of a plateau: it is held, and does not just pass
 * - `plateau`: the gradient is below a hundredth of the typical one, elsewhere
 * - `wandering`: none of these
 */
export type EndKind = 'minimum' | 'saddle' | 'maximum' | 'plateau' | 'gone' | 'wandering';

/** One of the ends that a landscape has. */
export interface End {
  readonly kind: EndKind;
  /** The stationary point, for the first three kinds. */
  readonly point: Pick<CriticalPoint, 'x' | 'y' | 'value'> | null;
}

/** What ends are told by on one landscape, for any number of runs. */
export interface Ends {
  readonly landscape: Landscape;
  /** Its stationary points, minima first and the lowest of a kind first, then the three ends without a place. */
  readonly list: readonly End[];
  /** Gradient norm of a plateau. */
  readonly flatBelow: number;
  /** For each cell of the domain that has some, indices of the ends with a place that may be near to what is in it. */
  readonly around: ReadonlyMap<number, readonly number[]>;
}

/** What came of a swarm. */
export interface Endings {
  /** Index into the list of ends, for each particle. */
  readonly of: Uint16Array;
  /** Particles at each end of the list. */
  readonly counts: readonly number[];
}

/** Near a stationary point: within this share of the domain's sides. Two points that are this much nearer than that are one. */
const NEAR = 1e-2;
const SAME = 1e-2 * NEAR;

/** Directions into which a degenerate point is looked at, and how far, in shares of the domain's sides. */
const AROUND = 64;
const LOOK = 1e-3;

const KINDS: readonly EndKind[] = ['minimum', 'saddle', 'maximum'];
const PLACELESS: readonly EndKind[] = ['plateau', 'gone', 'wandering'];

/** The kind of a point whose Hessian does not tell: what the loss does around it. */
function kindAround({ formula, parameters, domain }: Landscape, { x, y }: CriticalPoint): EndKind {
  const [xmin, xmax, ymin, ymax] = domain;
  const here = formula.value(x, y, parameters);
  let [up, down] = [false, false];
  for (let k = 0; k < AROUND; k += 1) {
    const angle = (2 * Math.PI * k) / AROUND;
    const there = formula.value(
      x + LOOK * (xmax - xmin) * Math.cos(angle),
      y + LOOK * (ymax - ymin) * Math.sin(angle),
      parameters,
    );
    up ||= there > here;
    down ||= there < here;
  }
  return up === down ? 'saddle' : up ? 'minimum' : 'maximum';
}

/** How far two places are apart, in shares of the domain's sides. */
function apart([xmin, xmax, ymin, ymax]: Landscape['domain'], dx: number, dy: number): number {
  return Math.hypot(dx / (xmax - xmin), dy / (ymax - ymin));
}

/** The cell of a place; a domain has 1/NEAR of them a side. */
function cellOf([xmin, xmax, ymin, ymax]: Landscape['domain'], x: number, y: number, right = 0, up = 0): number {
  const column = Math.floor((x - xmin) / (xmax - xmin) / NEAR) + right;
  const row = Math.floor((y - ymin) / (ymax - ymin) / NEAR) + up;
  // Those beyond the edge have numbers of their own.
  return (row + 2) * (Math.ceil(1 / NEAR) + 4) + column + 2;
}

/** Puts each point into its own cell and the eight around: there may be hundreds of points, and thousands of particles to be told by them. */
function cells({ domain }: Landscape, ends: readonly End[]): Map<number, number[]> {
  const around = new Map<number, number[]>();
  for (const [k, { point }] of ends.entries()) {
    for (let neighbour = 0; point && neighbour < 9; neighbour += 1) {
      const cell = cellOf(domain, point.x, point.y, (neighbour % 3) - 1, Math.floor(neighbour / 3) - 1);
      around.set(cell, [...(around.get(cell) ?? []), k]);
    }
  }
  return around;
}

/**
 * The ends of a landscape.
 * @param points its stationary points in the domain, as analysis/critical finds them; known minima are added where they are not
 * among them, as on a kink
 * @param samples of its domain
 */
export function endsOf(landscape: Landscape, points: readonly CriticalPoint[], samples: TerrainSamples): Ends {
  const found = points.map(
    (point): End => ({ kind: point.type === 'degenerate' ? kindAround(landscape, point) : point.type, point }),
  );
  const known = landscape.minima.filter(
    ({ x, y }) => !points.some((point) => apart(landscape.domain, x - point.x, y - point.y) < SAME),
  );
  const all = [...found, ...known.map((point): End => ({ kind: 'minimum', point }))];
  const value = ({ point }: End): number => point?.value ?? Infinity;
  all.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || value(a) - value(b));
  return {
    landscape,
    list: [...all, ...PLACELESS.map((kind): End => ({ kind, point: null }))],
    flatBelow: plateauBelow(samples),
    around: cells(landscape, all),
  };
}

/** Where particles ended, from where a race saw them last. */
export function endingsOf(
  { landscape, list, flatBelow, around }: Ends,
  { positions, diverged }: Pick<Watched, 'positions' | 'diverged'>,
): Endings {
  const { formula, parameters, domain } = landscape;
  const [xmin, xmax, ymin, ymax] = domain;
  const [plateau, gone, wandering] = PLACELESS.map((kind) => list.findIndex((end) => end.kind === kind));
  const gradient = new Float64Array(2);
  const endOf = (i: number): number => {
    const [x, y] = [positions[2 * i], positions[2 * i + 1]];
    if (diverged[i] >= 0 || !(x >= xmin && x <= xmax && y >= ymin && y <= ymax)) {
      return gone;
    }
    let [nearest, least] = [-1, NEAR];
    for (const k of around.get(cellOf(domain, x, y)) ?? []) {
      const { point } = list[k];
      const far = point ? apart(domain, x - point.x, y - point.y) : Infinity;
      if (far < least) {
        [nearest, least] = [k, far];
      }
    }
    if (nearest >= 0 && list[nearest].kind === 'minimum') {
      return nearest;
    }
    formula.gradient(x, y, parameters, gradient);
    if (Math.hypot(gradient[0], gradient[1]) < flatBelow) {
      return nearest >= 0 ? nearest : plateau;
    }
    return wandering;
  };
  const of = new Uint16Array(diverged.length);
  const counts = list.map(() => 0);
  for (let i = 0; i < of.length; i += 1) {
    of[i] = endOf(i);
    counts[of[i]] += 1;
  }
  return { of, counts };
}

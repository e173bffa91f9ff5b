/** Adam's settings in every bench: those of the registry's defaults but for a rate that moves. */
export const ADAM = { lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8 } as const;

/** Particles that are carried through all updates of a call before the next ones: their six arrays fit the first-level cache. */
const BLOCK = 512;

/** Particles as plain arrays, one a coordinate, with Adam's moments. */
export interface LoopState {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mx: Float64Array;
  readonly my: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

/** A plain hand-written loop: does updates first … first + updates - 1 (1 is the first of a run) on all particles. */
export type Loop = (state: LoopState, first: number, updates: number) => void;

export const loopState = (starts: Float64Array): LoopState => {
  const count = starts.length / 2;
  return {
    x: Float64Array.from({ length: count }, (_, i) => starts[2 * i]),
    y: Float64Array.from({ length: count }, (_, i) => starts[2 * i + 1]),
    mx: new Float64Array(count),
    my: new Float64Array(count),
    vx: new Float64Array(count),
    vy: new Float64Array(count),
  };
};

const { lr, beta1, beta2, eps } = ADAM;

/** lr/(1 - β₁ᵗ) and 1/√(1 - β₂ᵗ) for each update. */
const tables = (first: number, updates: number) => ({
  rate: Float64Array.from({ length: updates }, (_, k) => lr / (1 - beta1 ** (first + k))),
  scale: Float64Array.from({ length: updates }, (_, k) => 1 / Math.sqrt(1 - beta2 ** (first + k))),
});

// The two loops repeat Adam on purpose: written out by hand, as one would for speed, without a call in the inner loop.

const rosenbrock: Loop = ({ x, y, mx, my, vx, vy }, first, updates) => {
  const { rate, scale } = tables(first, updates);
  for (let from = 0; from < x.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.length);
    for (let k = 0; k < updates; k++) {
      const a = rate[k];
      const s = scale[k];
      for (let i = from; i < to; i++) {
        const d = y[i] - x[i] * x[i];
        const gx = -2 * (1 - x[i]) - 400 * x[i] * d;
        const gy = 200 * d;
        mx[i] = beta1 * mx[i] + (1 - beta1) * gx;
        my[i] = beta1 * my[i] + (1 - beta1) * gy;
        vx[i] = beta2 * vx[i] + (1 - beta2) * gx * gx;
        vy[i] = beta2 * vy[i] + (1 - beta2) * gy * gy;
        x[i] -= (a * mx[i]) / (Math.sqrt(vx[i]) * s + eps);
        y[i] -= (a * my[i]) / (Math.sqrt(vy[i]) * s + eps);
      }
    }
  }
};

const rastrigin: Loop = ({ x, y, mx, my, vx, vy }, first, updates) => {
  const { rate, scale } = tables(first, updates);
  const turn = 2 * Math.PI;
  for (let from = 0; from < x.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.length);
    for (let k = 0; k < updates; k++) {
      const a = rate[k];
      const s = scale[k];
      for (let i = from; i < to; i++) {
        const gx = 2 * x[i] + 10 * turn * Math.sin(turn * x[i]);
        const gy = 2 * y[i] + 10 * turn * Math.sin(turn * y[i]);
        mx[i] = beta1 * mx[i] + (1 - beta1) * gx;
        my[i] = beta1 * my[i] + (1 - beta1) * gy;
        vx[i] = beta2 * vx[i] + (1 - beta2) * gx * gx;
        vy[i] = beta2 * vy[i] + (1 - beta2) * gy * gy;
        x[i] -= (a * mx[i]) / (Math.sqrt(vx[i]) * s + eps);
        y[i] -= (a * my[i]) / (Math.sqrt(vy[i]) * s + eps);
      }
    }
  }
};

/** The surfaces that the bench times, by registry id. */
export const LOOPS: Readonly<Record<string, Loop>> = { rosenbrock, rastrigin };

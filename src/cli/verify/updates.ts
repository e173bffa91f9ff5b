import { updateOnGpu } from '../../compute/swarm/update.ts';
import type { Hyper, HyperSpec, Optimizer } from '../../descent/optimizer.ts';
import { type Check, checkOf, FLOAT32_TINY, FLOAT32_UNIT } from './check.ts';
import { Draws } from './draws.ts';

/** Settings and update numbers that are tried, and parameters for each. */
const TRIALS = 24;
const PARAMETERS = 256;
const MAX_UPDATES = 40;

/**
 * An update is a chain of about a dozen operations: each is off by half an ulp, but for a division, which WGSL allows 2.5,
 * and a square root, which it takes for the inverse of an inverse root and allows about as much; each constant was rounded
 * once. In the worst order of signs that is six ulps of what the operations amount to.
 */
const BOUND = 6;

/** A value of a hyperparameter: its default now and then, so that what it switches off is tried too, else any its slider has. */
function drawHyper({ default: standard, slider: [low, high], scale }: HyperSpec, draws: Draws): number {
  if (draws.next() < 0.3) {
    return standard;
  }
  const share = draws.next();
  const drawn = {
    linear: () => low + share * (high - low),
    log: () => low * (high / low) ** share,
    complement: () => 1 - (1 - low) * ((1 - high) / (1 - low)) ** share,
    switch: () => Math.round(share),
  };
  return drawn[scale]();
}

/** One optimizer's parameters before an update: x, gradient and a state that the optimizer itself came to, all exact in float32. */
interface Sample {
  readonly hyper: Hyper;
  readonly t: number;
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
  /** PARAMETERS rows of the optimizer's state variables. */
  readonly states: Float32Array;
}

function drawSample(optimizer: Optimizer, draws: Draws): Sample {
  const hyper = Object.fromEntries(optimizer.hyper.map((spec) => [spec.key, drawHyper(spec, draws)]));
  const t = 1 + Math.floor(draws.next() * MAX_UPDATES);
  const weights = new Float32Array(PARAMETERS);
  const gradients = new Float32Array(PARAMETERS);
  const states = new Float32Array(PARAMETERS * optimizer.state.length);
  const state = new Float64Array(optimizer.state.length);
  for (let i = 0; i < PARAMETERS; i++) {
    state.fill(0);
    const size = draws.size();
    let w = draws.sign() * draws.size();
    for (let k = 1; k < t; k++) {
      w = optimizer.update(w, draws.sign() * size * draws.next(), state, 0, hyper, k, hyper.lr);
    }
    weights[i] = draws.sign() * draws.size();
    gradients[i] = draws.sign() * size * draws.next();
    states.set(state, i * state.length);
  }
  return { hyper, t, weights, gradients, states };
}

/** The new parameter, then the new state, of one update in float64. */
function updated(optimizer: Optimizer, { hyper, t }: Sample, inputs: Float64Array, out: Float64Array): void {
  out.set(inputs.subarray(1));
  const w = optimizer.update(inputs[1], inputs[0], out, 1, hyper, t, hyper.lr);
  out[0] = w;
}

/**
 * What the operations of an update amount to, for each of its results: its own size, and how far it moves for each input
 * when that is changed by its whole size (for a sum, the sum of its terms' sizes), by differences of one float32 unit.
 */
function scales(optimizer: Optimizer, sample: Sample, inputs: Float64Array, results: Float64Array): Float64Array {
  const sizes = results.map(Math.abs);
  const moved = new Float64Array(results.length);
  const near = Float64Array.from(inputs);
  inputs.forEach((input, k) => {
    near[k] = input * (1 + FLOAT32_UNIT);
    updated(optimizer, sample, near, moved);
    near[k] = input;
    moved.forEach((value, j) => {
      sizes[j] += Math.abs(value - results[j]) / FLOAT32_UNIT;
    });
  });
  return sizes;
}

/** Worst error of one sample, in ulps of the results' scales. */
async function worstOf(device: GPUDevice, optimizer: Optimizer, sample: Sample): Promise<number> {
  const { hyper, t, weights, gradients, states } = sample;
  const variables = optimizer.state.length;
  const found = await updateOnGpu(device, optimizer, { hyper, t, lr: hyper.lr, weights, gradients, states });
  // Gradient, parameter, state; the results take the place of the last two.
  const inputs = new Float64Array(2 + variables);
  const results = new Float64Array(1 + variables);
  let worst = 0;
  for (let i = 0; i < weights.length; i++) {
    inputs[0] = gradients[i];
    inputs[1] = weights[i];
    inputs.set(states.subarray(i * variables, (i + 1) * variables), 2);
    updated(optimizer, sample, inputs, results);
    const sizes = scales(optimizer, sample, inputs, results);
    results.forEach((expected, j) => {
      const actual = j === 0 ? found.weights[i] : found.states[i * variables + j - 1];
      worst = Math.max(worst, Math.abs(actual - expected) / (2 * FLOAT32_UNIT * sizes[j] + FLOAT32_TINY));
    });
  }
  return worst;
}

/** One update of the optimizer's own kernel file on given gradients against the float64 reference. */
export async function checkUpdates(device: GPUDevice, optimizer: Optimizer): Promise<Check> {
  const draws = new Draws(1);
  let worst = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    worst = Math.max(worst, await worstOf(device, optimizer, drawSample(optimizer, draws)));
  }
  return checkOf('update', optimizer.id, worst, BOUND);
}

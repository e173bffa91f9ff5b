import type { Hyper, HyperSpec, Stability, UpdateTerm } from '../optimizer.ts';
import { averageDecay, epsilon } from './hyper.ts';

/** Decays of Adam's two averages. */
export const momentDecays: readonly HyperSpec[] = [
  averageDecay('beta1', 'decay of m', '\\beta_1', 0.9, 'How long the average of the gradient remembers.'),
  averageDecay('beta2', 'decay of v', '\\beta_2', 0.999, 'How long the average of the squared gradient remembers.'),
];

/** The hyperparameters of Adam's two averages. */
export const momentHyper: readonly HyperSpec[] = [...momentDecays, epsilon(1e-8)];

/** State variables of Adam's two averages. */
export const momentState: readonly string[] = ['m', 'v'];

/** What a kernel needs of the averages' decays. */
export const momentConstants = {
  beta1: (hyper: Hyper) => hyper.beta1,
  oneMinusBeta1: (hyper: Hyper) => 1 - hyper.beta1,
  beta2: (hyper: Hyper) => hyper.beta2,
  oneMinusBeta2: (hyper: Hyper) => 1 - hyper.beta2,
};

/**
 * Both bias corrections folded into two numbers, so that a kernel needs one root and one division: with
 * r = √(1 − β₂ᵗ), η m̂/(√v̂ + ε) = `size` · m/(√v + `floor`), size = ηr/(1 − β₁ᵗ), floor = εr.
 */
export const momentCoefficients = {
  size: (hyper: Hyper, t: number, lr: number) => (lr * Math.sqrt(1 - hyper.beta2 ** t)) / (1 - hyper.beta1 ** t),
  floor: (hyper: Hyper, t: number) => hyper.eps * Math.sqrt(1 - hyper.beta2 ** t),
};

/**
 * β, t and 1 − βᵗ as they were asked for last: all particles of one age ask for the same, and a power costs more than
 * the rest.
 */
const lastOfMean = new Float64Array(3);
const lastOfSquare = new Float64Array(3);

/** 1 − βᵗ, for t = 1, 2, … */
function correction(beta: number, t: number, last: Float64Array): number {
  if (last[0] !== beta || last[1] !== t) {
    last[0] = beta;
    last[1] = t;
    last[2] = 1 - beta ** t;
  }
  return last[2];
}

/** 1 − β₁ᵗ */
export const meanCorrection = ({ beta1 }: Hyper, t: number): number => correction(beta1, t, lastOfMean);

/** 1 − β₂ᵗ */
export const squareCorrection = ({ beta2 }: Hyper, t: number): number => correction(beta2, t, lastOfSquare);

/** Takes a gradient into Adam's averages m = state[at], v = state[at + 1]. */
export function takeIn(g: number, state: Float64Array, at: number, { beta1, beta2 }: Hyper): void {
  state[at] = beta1 * state[at] + (1 - beta1) * g;
  state[at + 1] = beta2 * state[at + 1] + (1 - beta2) * g * g;
}

/** Takes a gradient into Adam's averages; returns m̂/(√v̂ + ε). */
export function momentDirection(g: number, state: Float64Array, at: number, hyper: Hyper, t: number): number {
  takeIn(g, state, at, hyper);
  const mean = state[at] / meanCorrection(hyper, t);
  return mean / (Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + hyper.eps);
}

/** g, m̂ and √v̂ from the averages after an update. */
export function momentTerms(g: number, state: Float64Array, at: number, hyper: Hyper, t: number): UpdateTerm[] {
  return [
    { symbol: 'g', value: g },
    { symbol: '\\hat m', value: state[at] / (1 - hyper.beta1 ** t) },
    { symbol: '\\sqrt{\\hat v}', value: Math.sqrt(state[at + 1] / (1 - hyper.beta2 ** t)) },
  ];
}

/** The rule of the averages as TeX, with their bias corrections. */
export const momentRule: readonly string[] = [
  'm \\leftarrow \\beta_1 m + (1 - \\beta_1)\\, g, \\quad \\hat m = \\frac{m}{1 - \\beta_1^t}',
  'v \\leftarrow \\beta_2 v + (1 - \\beta_2)\\, g^2, \\quad \\hat v = \\frac{v}{1 - \\beta_2^t}',
];

/**
 * Along a curvature the average m̂ acts as a dampened momentum β₁: stable up to 2(1 + β₁)/(1 − β₁).
 * Source: J. Cohen et al., "Adaptive Gradient Methods at the Edge of Stability", 2022.
 */
export const averagedBound = ({ beta1 }: Hyper): number => (2 * (1 + beta1)) / (1 - beta1);

/** Where a step of η m̂/(√v̂ + ε) stops being stable, with the squares' average held. */
export const momentStability: Stability = {
  scale: (state, at, hyper, t) => 1 / (Math.sqrt(state[at + 1] / squareCorrection(hyper, t)) + hyper.eps),
  bound: averagedBound,
};

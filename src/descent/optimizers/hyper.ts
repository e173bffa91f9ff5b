import type { HyperSpec } from '../optimizer.ts';

/**
 * Hyperparameters that several optimizers share, each a function of its default.
 *
 * The learning rate may be absurd on purpose: watching it explode is part of the lesson.
 */
export const learningRate = (standard: number): HyperSpec => ({
  key: 'lr',
  name: 'learning rate',
  symbol: '\\eta',
  default: standard,
  min: 0,
  max: 1e30,
  slider: [1e-4, 1],
  scale: 'log',
  help: 'How far one update goes.',
});

/** Classical weight decay, a term of the gradient. */
export const weightDecayL2 = (standard: number): HyperSpec => ({
  key: 'weightDecay',
  name: 'weight decay',
  symbol: '\\lambda',
  default: standard,
  min: 0,
  max: 1e3,
  slider: [0, 0.5],
  scale: 'linear',
  help: 'Adds λw to the gradient: a pull towards the origin.',
});

/** Weight decay that bypasses the gradient. */
export const weightDecayDecoupled = (standard: number): HyperSpec => ({
  ...weightDecayL2(standard),
  help: 'Shrinks the parameters by 1 − ηλ before each update, whatever the scale of the gradient.',
});

/** The share of the past that a velocity keeps. */
export const momentumDecay = (standard: number): HyperSpec => ({
  key: 'momentum',
  name: 'momentum',
  symbol: '\\mu',
  default: standard,
  min: 0,
  max: 1,
  slider: [0, 0.999],
  scale: 'complement',
  help: 'How much of the velocity survives an update; 1/(1 − μ) updates are remembered.',
});

/** A decay β of an average whose start at 0 is corrected by 1/(1 − βᵗ), so that 1 itself is excluded. */
export const averageDecay = (key: string, name: string, symbol: string, standard: number, help: string): HyperSpec => ({
  key,
  name,
  symbol,
  default: standard,
  min: 0,
  max: 0.999999,
  slider: [0, 0.9999],
  scale: 'complement',
  help,
});

/**
 * What keeps a denominator from 0. Not below 1e-16: in float32 the square of a gradient below 1e-19 is 0, and a smaller
 * ε would turn that into a leap.
 */
export const epsilon = (standard: number): HyperSpec => ({
  key: 'eps',
  name: 'epsilon',
  symbol: '\\varepsilon',
  default: standard,
  min: 1e-16,
  max: 1e3,
  slider: [1e-10, 1],
  scale: 'log',
  help: 'Added to the denominator: gradients well below it no longer count as full steps.',
});

/** What a sum or an average of squares starts with. */
export const accumulatorStart = (standard: number): HyperSpec => ({
  key: 'initialAccumulator',
  name: 'first square',
  symbol: 'v_0',
  default: standard,
  min: 0,
  max: 1e30,
  slider: [0, 1],
  scale: 'linear',
  help: 'What the squares are counted from: the larger, the shorter the first steps.',
});

/** The learning rate of a method that searches along each direction: where the search begins. */
export const firstTrial: HyperSpec = {
  ...learningRate(1),
  name: 'first trial',
  symbol: '\\alpha_0',
  slider: [1e-3, 10],
  help: 'Length of the step that a search tries first; it is halved and doubled from there.',
};

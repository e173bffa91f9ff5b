/** A hyperparameter's facts: from these the panel, the command line, validation and documentation derive. */
export interface HyperSpec {
  readonly key: string;
  readonly name: string;
  /** TeX, such as `\beta_1`, or MathML: an element `<math>`. */
  readonly symbol: string;
  readonly default: number;
  /** Accepted range (inclusive), wide on purpose. */
  readonly min: number;
  readonly max: number;
  /** Range of the slider, where narrower than what is accepted. */
  readonly slider: readonly [number, number];
  /** `complement`: a decay near 1, spaced evenly in log(1 - value). `switch`: 0 or 1. */
  readonly scale: 'linear' | 'log' | 'complement' | 'switch';
  readonly help: string;
}

/** Values of all of an optimizer's hyperparameters, by key. */
export type Hyper = Readonly<Record<string, number>>;

/** A named intermediate of one update, shown beside the rule with its number put in. */
export interface UpdateTerm {
  /** TeX, such as `\hat m`, or MathML: an element `<math>`. */
  readonly symbol: string;
  readonly value: number;
}

/** The loss near a particle, for an optimizer that looks beyond the gradient where it is. */
export interface Surroundings {
  /** The loss at a place; its gradient, with the noise and the clipping that the particle's own has, goes into `out`. */
  gradient(x: number, y: number, out: Float64Array): number;
  /** fxx, fxy, fyy at a place. */
  hessian(x: number, y: number, out: Float64Array): void;
  /** Unit roundoff of the numbers that the run is made of: changes of a few of it tell nothing. */
  readonly unit: number;
}

/**
 * What an update asks of the loss beside its gradient where the particle is, in gradients: so many each time (a Hessian
 * counts as two, one a column), or as many as a search took, and never fewer than `least`: a state variable of x counts them.
 */
export type Evaluations = number | { readonly countedIn: string; readonly least: number };

/**
 * How long a learning rate stays stable, for an optimizer whose update is linear in the gradient but for slow scales: along a
 * direction of curvature h its run neither grows nor shrinks where lr × scale × h reaches the bound.
 */
export interface Stability {
  /**
   * What multiplies lr·g in the step of one coordinate, from the state after update t; 1 without. Momentum and averages are in the bound.
   */
  scale?(state: Float64Array, at: number, hyper: Hyper, t: number): number;
  /** 2 for plain gradient descent. */
  bound(hyper: Hyper): number;
}

/**
 * An optimizer, elementwise: one parameter, its gradient, its state, the hyperparameters and the update's number t give
 * the new parameter. `update` is the float64 reference; shaders/optimizers/<id>.wgsl says the same independently in
 * float32, reading the `constants` and `coefficients` named here, which are computed in float64 and uploaded.
 */
export interface Optimizer {
  readonly id: string;
  readonly name: string;
  /** The learning rate `lr` first, then the others in the order of golden/README-optimizers.md. */
  readonly hyper: readonly HyperSpec[];
  /** A learning rate that does well on Himmelblau at first sight: where a new lane starts. */
  readonly suggestedLearningRate: number;
  /** Other values that a new lane starts with, where the defaults would leave out what the optimizer is about. */
  readonly suggestedHyper?: Hyper;
  /** Names of the per-parameter state; WGSL's `struct State` is generated from them. All start at 0. */
  readonly state: readonly string[];
  /**
   * The one of them, never negative, by whose size the step is divided. Beyond float32 it would divide it to nothing, so that the
   * particle seems to rest: on the GPU it has left the number range then. Once infinite it must stay so, or become NaN: what is
   * left of it and what is added are summed up.
   */
  readonly divisor?: string;
  /** WGSL's `struct Hyper`: constant between edits, such as oneMinusBeta1 (which must not be formed in float32). */
  readonly constants: Readonly<Record<string, (hyper: Hyper) => number>>;
  /**
   * WGSL's `struct Step`: at most three numbers that depend on t = 1, 2, … and on the scheduled learning rate, such as
   * Adam's lr/(1 - β₁ᵗ).
   */
  readonly coefficients: Readonly<Record<string, (hyper: Hyper, t: number, lr: number) => number>>;
  /**
   * One update in float64. The state of this parameter is state[at], state[at + 1], … in the order of `state`.
   * @param t number of this update, 1 first; `lr` the scheduled learning rate of it
   * @returns the new parameter
   */
  update(w: number, g: number, state: Float64Array, at: number, hyper: Hyper, t: number, lr: number): number;
  /**
   * What `update` takes for the gradient, where that is more than the gradient at w: it is written over `g`. It sees both
   * parameters of a particle at once. In WGSL `directed`, in the same file.
   * @param g the conditioned gradient at (x, y)
   * @param at the state of x begins at state[at], that of y `state.length` behind
   */
  direction?(
    x: number,
    y: number,
    g: Float64Array,
    state: Float64Array,
    at: number,
    hyper: Hyper,
    t: number,
    lr: number,
    around: Surroundings,
  ): void;
  /** Where its learning rate stops being stable; none where the step is not linear in the gradient, such as its sign. */
  readonly stability?: Stability;
  /** The optimizer that this one stands over: its file has the kernel's `update`. */
  readonly base?: Optimizer;
  /** What `direction` costs; none without. */
  readonly evaluations?: Evaluations;
  /**
   * The update's intermediates, from the state as it is after the update. The last is the step w_new - w_old.
   * @param next w_new
   */
  terms(
    w: number,
    g: number,
    state: Float64Array,
    at: number,
    hyper: Hyper,
    t: number,
    lr: number,
    next: number,
  ): readonly UpdateTerm[];
  /** The update rule as TeX or MathML, one line an assignment. */
  readonly rule: readonly string[];
  /** One sentence: what is different about it. */
  readonly summary: string;
  /** Paper and equation. */
  readonly source: string;
  /** The same update as text, for descent/typed: where a typed one of one's own can begin. */
  readonly text?: string;
  /** WGSL of `update`, where there is no file of the optimizer's id. */
  readonly wgsl?: string;
}

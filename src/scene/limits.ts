/**
 * How much a scene may ask for. The schema refuses more, edits stop there, and the command line and the panel take their
 * ranges from here.
 */
export const LIMITS = {
  lanes: 8,
  /** Particles that each lane starts with. */
  particles: 2 ** 20,
  /** Starting places that are given one by one. */
  points: 4096,
  /** Particles that edits add, all edits together. */
  added: 4096,
  edits: 1000,
  /** Updates of a run, and of a warm-up. */
  steps: 1e9,
  /** Updates a second. */
  speed: 1e6,
  seed: 2 ** 32 - 1,
  /** Size of a coordinate, a formula's parameter or a clipping limit: where the GPU calls a number diverged. */
  size: 1e30,
  /** The smallest clipping limit. */
  least: 1e-30,
  /** Degrees of freedom of heavy-tailed noise: the least and the most. */
  freedom: [0.1, 1e6],
  /** The largest decay of an average. */
  decay: 0.999999,
  /** Characters of a formula, as the compiler has it. */
  formula: 10_000,
  /** Characters of a typed optimizer, as its compiler has it. */
  update: 2000,
  /** Parameters of a formula, as the compiler has it. */
  parameters: 16,
  /** Characters of a lane's name. */
  name: 40,
  /** Characters of a film's title, and of a caption. */
  title: 120,
  caption: 200,
  /** Captions of a film, and moments of its camera's path. */
  captions: 64,
  keyframes: 64,
  /** Seconds of a film. */
  film: 3600,
  /** Samples of a trail. */
  trail: 64,
} as const;

/** Ends of a domain: [-DOMAIN_SIZE, DOMAIN_SIZE]. */
export const DOMAIN_SIZE = 1e9;

/** The least width of a domain in units of its larger end: enough that float32 tells its samples apart. */
export const DOMAIN_RESOLUTION = 1e-4;

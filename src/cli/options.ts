import { RECORDING_SIZES } from '../scene/recording.ts';

/** An option as the parser reads it and as --help shows it. */
export interface OptionSpec {
  readonly name: string;
  /** What follows it, in capitals or as a choice; null for a switch. */
  readonly value: string | null;
  /** Given again it adds; otherwise the last one wins. */
  readonly repeats: boolean;
  readonly help: string;
}

const option = (name: string, value: string | null, help: string): OptionSpec => ({
  name,
  value,
  repeats: false,
  help,
});
const adding = (name: string, value: string, help: string): OptionSpec => ({ name, value, repeats: true, help });

/** Every option there is, in the order of --help. A command names those that it takes. */
export const OPTIONS: readonly OptionSpec[] = [
  option('surface', 'ID', 'a built-in surface: `thalweg list surfaces`; the default scene’s without it'),
  option('formula', 'TEXT', 'a surface of your own, such as "x^2 + a*y^2"'),
  adding('param', 'KEY=VALUE', 'a parameter of the surface or of the formula'),
  option('domain', 'XMIN,XMAX,YMIN,YMAX', 'the region; default: the surface’s, [-5, 5]² for a formula'),
  adding('at', 'X,Y', 'where to evaluate'),
  option('optimizer', 'ID', 'an optimizer: `thalweg list optimizers`; the default scene’s without it'),
  option('base', 'ID', 'the optimizer that sam stands over (default: plain gradient descent)'),
  option('update', 'TEXT', 'an optimizer of your own in w, g, t and lr, such as "m = b*m + (1-b)*g; w = w - lr*m"'),
  adding('set', 'KEY=VALUE,…', 'hyperparameters, such as lr=0.05,beta1=0.9; unset ones take the optimizer’s defaults'),
  option('schedule', 'ID:KEY=VALUE,…', 'the learning rate over the run: `thalweg list schedules`'),
  option('warmup', 'N', 'so many updates of linear warm-up in front of the schedule'),
  option('noise', 'gaussian:SIGMA|student:SIGMA:NU', 'noise on each gradient; a number alone is a gaussian’s sigma'),
  option(
    'clip',
    'norm:LIMIT|value:LIMIT',
    'clip each gradient by its norm or entry by entry; normalize:LENGTH makes all alike',
  ),
  option('ema', 'DECAY', 'keep an average of the places beside the run'),
  option(
    'recover',
    'FACTOR',
    'after a spike (FACTOR times what was gained) back to the best place, with half the step',
  ),
  option(
    'stop',
    'gradient:TOL|plateau:PATIENCE',
    'stop where the gradient is below TOL, or after PATIENCE updates without progress',
  ),
  option('bounded', null, 'steps end at the domain’s edge'),
  option('seed', 'N', 'for everything random (default 0)'),
  adding('start', 'X,Y', 'where a particle starts; default: the surface’s first start'),
  option('particles', 'N', 'so many particles (1 to 1048576) in place of --start, placed by --spawn'),
  option('spawn', 'uniform|gaussian|grid', 'how --particles are placed in the domain (default uniform)'),
  option('steps', 'N', 'updates (default 100)'),
  option('every', 'K', 'keep every K-th update, and always the last (default 1)'),
  option('loss', 'FILE', 'a loss curve as CSV: a loss a line, if need be with a step before and a validation loss after it'),
  option('experiments', null, 'answer the checklist by short runs: does it fall, with a tenth of the rate, with more, without noise'),
  option('device', 'auto|gpu|reference', 'auto: a GPU, a software one included, else the float64 reference'),
  option('format', 'FORMAT', 'how the answer is written (default json)'),
  option('out', 'FILE', 'write the answer there, whole or not at all, and nothing to standard output'),
  option('scene', 'FILE|LINK', 'a saved scene or a link of the page, in place of the options that describe one'),
  option('save-scene', 'FILE', 'write the scene that the options amount to'),
  option(
    'size',
    'WIDTHxHEIGHT|NAME',
    `of the picture in pixels, or ${RECORDING_SIZES.map(({ id }) => id).join(', ')} (default 1080p)`,
  ),
  option('fps', 'N', 'frames a second (default 60; 30 of a GIF)'),
  option('seconds', 'S', 'length of the film; default: the whole run at the scene’s speed'),
  option('from', 'STEP', 'the update that the first frame shows (default 0; of a single picture the last)'),
  option('supersampling', 'N', 'pixels drawn for each one of the file along each side, 1 to 4 (default 2)'),
  option('blur', 'N', 'moments that are averaged for each frame, 1 to 16: motion blur (default 1, none)'),
  adding('lane', 'ID:KEY=VALUE,…', 'an optimizer that takes part, such as adam:lr=0.05; sam:base=adam stands over adam'),
  option('budget', 'steps:N|gradients:N', 'what each particle may spend: updates, or gradient evaluations (default steps:100)'),
  option('target', 'LOSS', 'the loss that is to be reached; default: one that suits the surface'),
  option('tuned', null, 'each lane’s learning rate is searched first, by the same search for all'),
  option('key', 'KEY', 'another hyperparameter that is searched beside the learning rate'),
  option('strict', null, 'exit status 1 when a particle of any lane diverged'),
  option('film', null, 'time frames of a film too'),
  option('quick', null, 'less of the same, in less time'),
  option('help', null, 'this text'),
  option('version', null, 'the version'),
];

/** Options that say what is descended; which optimizer does it; what is done around its updates; where and how long. */
const SURFACE_OPTIONS: readonly string[] = ['surface', 'formula', 'param', 'domain'];
const OPTIMIZER_OPTIONS: readonly string[] = ['optimizer', 'base', 'update', 'set'];
export const CONDITION_OPTIONS: readonly string[] = ['schedule', 'warmup', 'noise', 'clip', 'ema', 'recover', 'stop', 'bounded'];
const RUN_OPTIONS: readonly string[] = ['seed', 'start', 'particles', 'spawn', 'steps'];

/** Options that together describe a scene of one lane: --scene stands in place of all of them. */
export const SCENE_OPTIONS: readonly string[] = [...SURFACE_OPTIONS, ...OPTIMIZER_OPTIONS, ...CONDITION_OPTIONS, ...RUN_OPTIONS];

/** Likewise a scene of several lanes. */
export const LANES_OPTIONS: readonly string[] = [...SURFACE_OPTIONS, 'lane', ...CONDITION_OPTIONS, ...RUN_OPTIONS];

/** Words that are taken: they answer that they are not there yet. */
export const LATER_OPTIONS: readonly string[] = [
  'batch',
  'grid',
  'model',
  'data',
  'weights',
  'storyboard',
];

/** Commands whose words are taken. */
export const LATER_COMMANDS: readonly string[] = ['plane', 'map', 'sweep', 'merge'];

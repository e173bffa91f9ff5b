import { findOptimizer, optimizers } from '../descent/optimizers/index.ts';
import { schedules } from '../descent/schedules/index.ts';
import { compileRecurrences } from '../descent/typed/compile.ts';
import { FormulaError } from '../formula/error.ts';
import { optimizerOf } from '../scene/compiled.ts';
import { shown } from '../scene/complaint.ts';
import { LIMITS } from '../scene/limits.ts';
import type { BaseChoice, ClipChoice, Lane, NoiseChoice, OptimizerChoice, ScheduleChoice, StopChoice } from '../scene/scene.ts';
import { RequestError } from './errors.ts';
import { known, knownKey, knownWord } from './known.ts';
import { pairsOf, parseInteger, parsePairs, parseWithin } from './values.ts';
import type { Words } from './words.ts';

/** Choices of the form kind:NUMBER. */
const CLIPS = ['norm', 'value', 'normalize'] as const;
const STOPS = ['gradient', 'plateau'] as const;
const NOISES = ['gaussian', 'student'] as const;

function scheduleChoice(words: Words): ScheduleChoice | null {
  const text = words.last('schedule');
  const warmupText = words.last('warmup');
  const warmup = warmupText === undefined ? 0 : parseInteger(warmupText, '--warmup', 0, LIMITS.steps);
  if (text === undefined) {
    return warmup > 0 ? { id: 'constant', keys: {}, warmup } : null;
  }
  const colon = text.indexOf(':');
  const schedule = known(colon < 0 ? text : text.slice(0, colon), schedules, 'schedule');
  const pairs = colon < 0 ? [] : parsePairs(text.slice(colon + 1), `--schedule ${schedule.id}`);
  const keys = pairs.map(([key, value]) => {
    const { min, max, integer } = knownKey(key, schedule.keys, schedule.id);
    const what = `--schedule ${schedule.id}: ${key}`;
    return [key, integer ? parseInteger(value, what, min, max) : parseWithin(value, what, min, max)] as const;
  });
  return { id: schedule.id, keys: Object.fromEntries(keys), warmup };
}

/** An option's `kind:NUMBER`; null without it. */
function limitedChoice<K extends string>(
  words: Words,
  option: string,
  kinds: readonly K[],
  what: string,
): { readonly kind: K; readonly limit: number } | null {
  const text = words.last(option);
  if (text === undefined) {
    return null;
  }
  const [kind, limitText, ...rest] = text.split(':');
  const name = knownWord(kind, kinds, what);
  if (limitText === undefined || rest.length > 0) {
    throw new RequestError(`--${option} "${text}" has no limit; write it like ${name}:1.`);
  }
  return { kind: name, limit: parseWithin(limitText, `--${option} ${name}`, LIMITS.least, LIMITS.size) };
}

function noiseChoice(words: Words): NoiseChoice | null {
  const text = words.last('noise');
  if (text === undefined) {
    return null;
  }
  // A number alone is a normal's sigma.
  const parts = /^[-+.\d]/.test(text) ? ['gaussian', text] : text.split(':');
  const [word, sigma, nu, ...rest] = parts;
  const kind = knownWord(word, NOISES, 'noise');
  const heavy = kind === 'student';
  if (sigma === undefined || (nu !== undefined) !== heavy || rest.length > 0) {
    throw new RequestError(`--noise "${text}" is not complete; write it like ${heavy ? 'student:0.5:3' : 'gaussian:0.5'}.`);
  }
  return {
    kind,
    sigma: parseWithin(sigma, `--noise ${kind}`, 0, LIMITS.size),
    nu: heavy ? parseWithin(nu, `--noise ${kind}, degrees of freedom`, ...LIMITS.freedom) : 1,
  };
}

/** A number within bounds, or null without the option. */
function numberChoice(words: Words, option: string, min: number, max: number): number | null {
  const text = words.last(option);
  return text === undefined ? null : parseWithin(text, `--${option}`, min, max);
}

/** Refuses an --update that does not compile. */
function expectUpdate(update: string): void {
  try {
    compileRecurrences(update);
  } catch (error) {
    if (!(error instanceof FormulaError)) {
      throw error;
    }
    throw new RequestError(`--update ${shown(update)}, character ${error.at + 1}: ${error.message}`);
  }
}

/** --optimizer, --update and --base; what there is not is refused. */
function optimizerChoice(words: Words, fallback: OptimizerChoice): OptimizerChoice {
  const id = words.last('optimizer');
  const update = words.last('update');
  const base = words.last('base');
  if (update !== undefined) {
    expectUpdate(update);
  }
  if (id !== 'sam') {
    if (base !== undefined) {
      throw new RequestError(`--base ${base} is what sam stands over; give --optimizer sam too.`);
    }
    if (update !== undefined && id !== undefined) {
      throw new RequestError('--optimizer and --update are both given; the optimizer is one or the other.');
    }
    return update === undefined ? (id === undefined ? fallback : known(id, optimizers, 'optimizer').id) : { update };
  }
  if (base !== undefined && update !== undefined) {
    throw new RequestError('--base and --update are both given; sam stands over one or the other.');
  }
  const under: BaseChoice | undefined = update === undefined ? base && known(base, optimizers, 'optimizer').id : { update };
  if (typeof under === 'string' && findOptimizer(under).direction) {
    throw new RequestError(`--base ${under} has a direction of its own; sam stands over optimizers without, such as adam.`);
  }
  return under === undefined ? id : { sam: under };
}

/**
 * The lane that the options describe: hyperparameters as the optimizer has them, and nothing conditioned that is not asked for.
 * @param what where the hyperparameters were given, for messages
 */
export function laneOf(words: Words, fallback: Lane, what = '--set'): Lane {
  const choice = optimizerChoice(words, fallback.optimizer);
  const optimizer = optimizerOf({ optimizer: choice });
  const hyper = [...pairsOf(words, 'set')].map(([key, value]) => {
    const spec = knownKey(key, optimizer.hyper, optimizer.id);
    const parse = spec.scale === 'switch' ? parseInteger : parseWithin;
    return [key, parse(value, `${what} ${key}`, spec.min, spec.max)] as const;
  });
  const clip: ClipChoice | null = limitedChoice(words, 'clip', CLIPS, 'clipping');
  const stop: StopChoice | null = limitedChoice(words, 'stop', STOPS, 'stop');
  return {
    ...fallback,
    optimizer: choice,
    hyper: Object.fromEntries(hyper),
    schedule: scheduleChoice(words),
    noise: noiseChoice(words),
    clip,
    ema: numberChoice(words, 'ema', 0, LIMITS.decay),
    recover: numberChoice(words, 'recover', 0, LIMITS.size),
    stop,
    bounded: words.has('bounded'),
  };
}

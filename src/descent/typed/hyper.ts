import { mathmlOfName } from '../../formula/mathml.ts';
import type { HyperSpec } from '../optimizer.ts';
import { learningRate } from '../optimizers/hyper.ts';
import type { DeclaredHyper, Recurrences } from './recurrences.ts';

/** The learning rate that nobody declared. */
export const TYPED_RATE = 0.01;

type Numbers = NonNullable<DeclaredHyper['declared']>;

/** A hyperparameter that nobody declared is taken for a decay. */
const DECAY: Numbers = { default: 0.9, min: 0, max: 1 };

/** Names that say what is meant. */
const KNOWN: ReadonlyMap<string, Numbers> = new Map([
  ['eps', { default: 1e-8, min: 1e-16, max: 1 }],
  ['epsilon', { default: 1e-8, min: 1e-16, max: 1 }],
]);

/** How near to 1 a slider of a decay goes. */
const NEAREST = 0.9999;

/** A range that spans more than this is spaced by ratios. */
const WIDE = 100;

/** How a slider of a range is spaced, and its ends. */
function spread({ default: standard, min, max }: Numbers): Pick<HyperSpec, 'slider' | 'scale'> {
  if (min >= 0 && max === 1 && min < NEAREST && standard >= 0.5) {
    return { slider: [min, NEAREST], scale: 'complement' };
  }
  if (min > 0 && max >= WIDE * min) {
    return { slider: [min, max], scale: 'log' };
  }
  // From 0 on there are no ratios: the slider begins well below the default.
  if (min === 0 && standard > 0 && max >= WIDE * standard) {
    return { slider: [standard / WIDE, max], scale: 'log' };
  }
  return { slider: [min, max], scale: 'linear' };
}

function specOf({ name, declared }: DeclaredHyper): HyperSpec {
  const numbers = declared ?? KNOWN.get(name) ?? DECAY;
  const { default: standard, min, max } = numbers;
  return {
    key: name,
    name,
    symbol: mathmlOfName(name),
    default: standard,
    min,
    max,
    ...spread(numbers),
    help: declared
      ? `From ${min} to ${max}, as the update says.`
      : `Write “${name} = ${standard} in [${min}, ${max}]” in the update to choose default and range.`,
  };
}

/** The hyperparameters of an update, the learning rate first. */
export function hyperSpecs({ hyper, rate }: Recurrences): readonly HyperSpec[] {
  const standard = learningRate(rate?.default ?? TYPED_RATE);
  const own = rate && { min: rate.min, max: rate.max, ...spread(rate) };
  return [{ ...standard, symbol: mathmlOfName('lr'), ...own }, ...hyper.map(specOf)];
}

import type { GUI } from 'lil-gui';
import { LIMITS } from '../../scene/limits.ts';
import { laneAt } from '../../scene/resolve.ts';
import type { Conditioning, ConditioningChange } from '../../scene/scene.ts';
import { select } from '../controls/panel.ts';
import { SliderController } from '../controls/slider.ts';
import type { Context } from '../context.ts';
import type { Kind } from './conditioning-summary.ts';

/** A number of a conditioning that is on. */
interface NumberSpec {
  readonly name: string;
  readonly help: string;
  readonly slider: readonly [number, number];
  readonly spread: 'linear' | 'log' | 'complement';
  readonly min: number;
  readonly max: number;
  readonly standard: number;
  /** Its field; absent where the conditioning is the number itself. */
  readonly field?: string;
}

/** One way of a conditioning: what it is when it is chosen, and its numbers. */
interface Way {
  readonly id: string;
  readonly name: string;
  readonly value: Conditioning[Kind];
  readonly numbers: readonly NumberSpec[];
}

interface Offer {
  readonly kind: Kind;
  readonly name: string;
  readonly help: string;
  readonly ways: readonly Way[];
}

const limit = (given: Pick<NumberSpec, 'name' | 'help' | 'slider' | 'spread' | 'standard'>): NumberSpec => ({
  ...given,
  field: 'limit',
  min: LIMITS.least,
  max: LIMITS.size,
});

const CLIP_LIMIT = limit({
  name: 'Clipping limit',
  help: 'The greatest length, or entry, that passes unchanged; or the length that all are brought to.',
  slider: [1e-2, 1e4],
  spread: 'log',
  standard: 1,
});

const SIGMA: NumberSpec = {
  name: 'Noise σ',
  help: 'The size of what chance adds to each entry of a gradient.',
  field: 'sigma',
  slider: [1e-2, 1e3],
  spread: 'log',
  min: 0,
  max: LIMITS.size,
  standard: 10,
};

const FREEDOM: NumberSpec = {
  name: 'Degrees of freedom ν',
  help: 'The smaller, the heavier the tails: at 2 and below the variance is infinite.',
  field: 'nu',
  slider: [1, 30],
  spread: 'log',
  min: LIMITS.freedom[0],
  max: LIMITS.freedom[1],
  standard: 2,
};

/** What can be done around updates, in their order. */
const OFFERS: readonly Offer[] = [
  {
    kind: 'noise',
    name: 'Gradient noise',
    help: 'What mini-batches do to a gradient: help out of flat places and narrow hollows, harm near the end.',
    ways: [
      { id: 'gaussian', name: 'normal', value: { kind: 'gaussian', sigma: SIGMA.standard, nu: 1 }, numbers: [SIGMA] },
      {
        id: 'student',
        name: 'heavy-tailed',
        value: { kind: 'student', sigma: SIGMA.standard, nu: FREEDOM.standard },
        numbers: [SIGMA, FREEDOM],
      },
    ],
  },
  {
    kind: 'clip',
    name: 'Clipping',
    help: 'A gradient beyond the limit is shortened, as a whole or each entry; or all are made equally long.',
    ways: [
      { id: 'norm', name: 'by norm', value: { kind: 'norm', limit: CLIP_LIMIT.standard }, numbers: [CLIP_LIMIT] },
      { id: 'value', name: 'by value', value: { kind: 'value', limit: CLIP_LIMIT.standard }, numbers: [CLIP_LIMIT] },
      {
        id: 'normalize',
        name: 'normalized',
        value: { kind: 'normalize', limit: CLIP_LIMIT.standard },
        numbers: [CLIP_LIMIT],
      },
    ],
  },
  {
    kind: 'ema',
    name: 'Average of the weights',
    help: 'An exponential average of the places, drawn as a ghost beside the particles: it is calmer than they are.',
    ways: [
      {
        id: 'on',
        name: 'on',
        value: 0.9,
        numbers: [
          {
            name: 'Average’s decay',
            help: 'How much of the past it keeps; 1/(1 − decay) updates are averaged.',
            slider: [0, 0.999],
            spread: 'complement',
            min: 0,
            max: LIMITS.decay,
            standard: 0.9,
          },
        ],
      },
    ],
  },
  {
    kind: 'recover',
    name: 'Spike recovery',
    help: 'When the loss jumps, back to the best place so far, with half the step.',
    ways: [
      {
        id: 'on',
        name: 'on',
        value: 1,
        numbers: [
          {
            name: 'Spike’s size',
            help: 'A loss above the best by this many times what was gained since the start is a spike.',
            slider: [1e-2, 100],
            spread: 'log',
            min: 0,
            max: LIMITS.size,
            standard: 1,
          },
        ],
      },
    ],
  },
  {
    kind: 'stop',
    name: 'Stopping',
    help: 'A particle rests where its gradient is small, or when its loss has not improved for a while.',
    ways: [
      {
        id: 'gradient',
        name: 'small gradient',
        value: { kind: 'gradient', limit: 0.01 },
        numbers: [
          limit({
            name: 'Gradient norm',
            help: 'Where the gradient is shorter than this, the particle rests.',
            slider: [1e-6, 100],
            spread: 'log',
            standard: 0.01,
          }),
        ],
      },
      {
        id: 'plateau',
        name: 'no progress',
        value: { kind: 'plateau', limit: 20 },
        numbers: [
          limit({
            name: 'Patience',
            help: 'So many updates without progress, and the particle rests.',
            slider: [1, 200],
            spread: 'linear',
            standard: 20,
          }),
        ],
      },
    ],
  },
  {
    kind: 'bounded',
    name: 'Bounds',
    help: 'Steps over the edge of the domain end at it.',
    ways: [{ id: 'on', name: 'the domain’s edge', value: true, numbers: [] }],
  },
];

/** The way that a value is, or undefined when it is off. */
function wayOf({ ways }: Offer, value: Conditioning[Kind]): Way | undefined {
  if (value === null || value === false) {
    return undefined;
  }
  return ways.find(({ id }) => id === (typeof value === 'object' ? value.kind : 'on'));
}

/** Adds a select for each thing that can be done around updates, and sliders, which are shown for those that are on. */
export function addConditioning(gui: GUI, { store, run, actions }: Context): void {
  const now = (): Conditioning => laneAt(store.scene, store.scene.selected, run()?.step ?? 0);
  const change = (kind: Kind, value: Conditioning[Kind], merge?: string): void =>
    actions.change({ kind, lane: store.scene.selected, [kind]: value } as unknown as ConditioningChange, merge);
  for (const offer of OFFERS) {
    const { kind, name, help, ways } = offer;
    const off = kind === 'bounded' ? false : null;
    select(gui, {
      name,
      help,
      options: [{ id: 'off', name: 'off' }, ...ways],
      get: () => wayOf(offer, now()[kind])?.id ?? 'off',
      set: (id) => {
        const before = now()[kind];
        const way = ways.find((candidate) => candidate.id === id);
        // Numbers that both ways have stay as they are.
        const kept = typeof before === 'object' && typeof way?.value === 'object' && kind !== 'stop' ? before : {};
        change(kind, way ? merged(way.value, kept) : off);
      },
    });
    for (const spec of new Set(ways.flatMap(({ numbers }) => numbers))) {
      new SliderController(gui, {
        ...spec,
        shown: () => wayOf(offer, now()[kind])?.numbers.includes(spec) ?? false,
        get: () => numberIn(now()[kind], spec) ?? spec.standard,
        standard: () => spec.standard,
        set: (value, drag) => {
          const before = now()[kind];
          if (before !== null && before !== false) {
            change(kind, withNumber(before, spec, value), `${kind} ${spec.name}`);
          }
          if (!drag) {
            store.release();
          }
        },
      });
    }
  }
}

/** A way's value with the numbers of another one. */
function merged(value: Conditioning[Kind], kept: object | null): Conditioning[Kind] {
  return typeof value === 'object' && value !== null
    ? ({ ...value, ...kept, kind: value.kind } as Conditioning[Kind])
    : value;
}

function numberIn(value: Conditioning[Kind], { field }: NumberSpec): number | undefined {
  const found: unknown = field === undefined ? value : (value as Readonly<Record<string, unknown>> | null)?.[field];
  return typeof found === 'number' ? found : undefined;
}

function withNumber(value: Conditioning[Kind], { field }: NumberSpec, number: number): Conditioning[Kind] {
  return field === undefined ? number : ({ ...(value as object), [field]: number } as unknown as Conditioning[Kind]);
}

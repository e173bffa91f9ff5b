import { group, type Node, parts, readNumber, readRecord, readText, writeNumber, writeRecord, writeText } from './notation.ts';
import type {
  Change,
  Conditioning,
  ConditioningChange,
  Edit,
  Lane,
  OptimizerChoice,
  ScheduleChoice,
} from './scene.ts';

/**
 * The parts of a scene that are lists, as nodes of a link's notation:
 *
 * - a lane: `(optimizer,(key:value,…),colour,on,schedule,clip,noise,ema,recover,stop,bounded,name)`; the colour is left
 *   out where it is the lane's number
 * - an optimizer: an id, its recurrences in brackets, or `(sam,base)`
 * - a schedule: `(id,(key:value,…),warmup)`; clipping and stopping: `(kind,limit)`; noise: `(kind,sigma,nu)`
 * - an edit: `(step,h,lane,key,value)`, `(step,p,x,y,x,y,…)`, or `(step,letter,lane,value)` with a letter of CONDITIONING
 *
 * What is empty at the end is left out, and brackets around a single word too. Readers give what the text says, by the
 * schema's field names, for the schema to check.
 */

const isEmpty = (node: Node | undefined): boolean => node === undefined || node.length === 0;

const optional = <T>(node: Node | undefined, read: (node: Node) => T, missing: T): T =>
  node === undefined || isEmpty(node) ? missing : read(node);

const recordOf = (node: Node): unknown => readRecord(parts(node));

function scheduleNode(schedule: ScheduleChoice | null): Node {
  if (!schedule) {
    return '';
  }
  const { id, keys, warmup } = schedule;
  return group([id, writeRecord(keys), warmup === 0 ? '' : writeNumber(warmup)]);
}

function readSchedule(node: Node): unknown {
  const [id, keys, warmup] = parts(node);
  return { id, keys: optional(keys, recordOf, {}), warmup: optional(warmup, readNumber, 0) };
}

function optimizerNode(choice: OptimizerChoice): Node {
  if (typeof choice === 'string') {
    return choice;
  }
  return 'sam' in choice ? ['sam', optimizerNode(choice.sam)] : [writeText(choice.update)];
}

function readOptimizer(node: Node | undefined): unknown {
  if (node === undefined || typeof node === 'string') {
    return node;
  }
  return node[0] === 'sam' && node.length === 2 ? { sam: readOptimizer(node[1]) } : { update: readText(node) };
}

/** A choice of a kind with a number. */
const limited = {
  write: (choice: { readonly kind: string; readonly limit: number } | null): Node => (choice ? [choice.kind, writeNumber(choice.limit)] : ''),
  read(node: Node): unknown {
    const [kind, limit] = parts(node);
    return { kind, limit: readNumber(limit) };
  },
  missing: null,
} as const;

const numeric: Codec<number | null> = {
  write: (value) => (value === null ? '' : writeNumber(value)),
  read: readNumber,
  missing: null,
};

/** A part of a lane or of an edit; what is empty stands for `missing`. */
interface Codec<T> {
  readonly write: (value: T) => Node;
  readonly read: (node: Node) => unknown;
  readonly missing: T;
}

/** What is done around updates, in the order in which a lane has it, with the letter of an edit that changes it. */
const CONDITIONING: { readonly [K in keyof Conditioning]: Codec<Conditioning[K]> & { readonly letter: string } } = {
  schedule: { letter: 's', write: scheduleNode, read: readSchedule, missing: null },
  clip: { letter: 'c', ...limited },
  noise: {
    letter: 'n',
    write: (noise) => (noise ? [noise.kind, writeNumber(noise.sigma), writeNumber(noise.nu)] : ''),
    read(node) {
      const [kind, sigma, nu] = parts(node);
      return { kind, sigma: readNumber(sigma), nu: optional(nu, readNumber, 1) };
    },
    missing: null,
  },
  ema: { letter: 'a', ...numeric },
  recover: { letter: 'r', ...numeric },
  stop: { letter: 'e', ...limited },
  bounded: { letter: 'b', write: (on) => (on ? '1' : ''), read: (node) => readFlag(node), missing: false },
};

const conditionings = Object.keys(CONDITIONING) as (keyof Conditioning)[];

const codecOf = (kind: keyof Conditioning): Codec<unknown> => CONDITIONING[kind] as Codec<unknown>;

/** A lane at its place in the list. */
export function laneNode(lane: Lane, index: number): Node {
  const { optimizer, hyper, colour, on, name = '' } = lane;
  return group([
    optimizerNode(optimizer),
    writeRecord(hyper),
    colour === index ? '' : writeNumber(colour),
    on ? '' : '0',
    ...conditionings.map((kind) => codecOf(kind).write(lane[kind])),
    writeText(name),
  ]);
}

/** @throws NotationError */
export function readLane(node: Node, index: number): unknown {
  const [optimizer, hyper, colour, on, ...rest] = parts(node);
  const conditioning = conditionings.map((kind, k) => {
    const { read, missing } = codecOf(kind);
    return [kind, optional<unknown>(rest[k], read, missing)];
  });
  const name = rest[conditionings.length];
  return {
    optimizer: readOptimizer(optimizer),
    hyper: optional(hyper, recordOf, {}),
    colour: optional(colour, readNumber, index),
    on: optional(on, readFlag, true),
    ...Object.fromEntries(conditioning),
    ...(isEmpty(name) ? {} : { name: readText(parts(name)) }),
  };
}

/** 1 and 0 for true and false. */
export const readFlag = (node: Node): unknown => (node === '1' ? true : node === '0' ? false : node);

/** x, y, x, y, … as pairs; what is missing at the end makes the last one short. */
export const pairs = (flat: readonly unknown[]): unknown[] =>
  Array.from({ length: Math.ceil(flat.length / 2) }, (_, i) => flat.slice(2 * i, 2 * i + 2));

/** What an edit's node has after the step. */
interface ChangeCodec<C extends Change> {
  readonly letter: string;
  readonly write: (change: C) => readonly Node[];
  readonly read: (nodes: readonly Node[]) => object;
}

const conditioningChange = (kind: keyof Conditioning): ChangeCodec<ConditioningChange> => {
  const { write, read, missing } = codecOf(kind);
  return {
    letter: CONDITIONING[kind].letter,
    write: (change) => [writeNumber(change.lane), write((change as unknown as Conditioning)[kind])],
    read: ([lane, value]) => ({ lane: readNumber(lane), [kind]: optional<unknown>(value, read, missing) }),
  };
};

const hyperChange: ChangeCodec<Extract<Change, { kind: 'hyper' }>> = {
  letter: 'h',
  write: ({ lane, key, value }) => [writeNumber(lane), key, writeNumber(value)],
  read: ([lane, key, value]) => ({ lane: readNumber(lane), key, value: readNumber(value) }),
};

const addition: ChangeCodec<Extract<Change, { kind: 'particles' }>> = {
  letter: 'p',
  write: ({ points }) => points.flat().map(writeNumber),
  read: (nodes) => ({ points: pairs(nodes.map(readNumber)) }),
};

const CHANGES = {
  hyper: hyperChange,
  particles: addition,
  ...Object.fromEntries(conditionings.map((kind) => [kind, conditioningChange(kind)])),
} as unknown as { readonly [K in Change['kind']]: ChangeCodec<Extract<Change, { kind: K }>> };

const kinds = Object.keys(CHANGES) as Change['kind'][];

function changeNodes<K extends Change['kind']>(change: Extract<Change, { kind: K }>): readonly Node[] {
  const { letter, write } = CHANGES[change.kind as K];
  return [letter, ...write(change)];
}

export const editNode = ({ step, change }: Edit): Node => group([writeNumber(step), ...changeNodes(change)]);

/** @throws NotationError */
export function readEdit(node: Node): unknown {
  const [step, letter, ...rest] = parts(node);
  const kind = kinds.find((candidate) => CHANGES[candidate].letter === letter);
  return { step: readNumber(step), change: kind ? { kind, ...CHANGES[kind].read(rest) } : { kind: letter } };
}

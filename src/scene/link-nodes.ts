import { group, type Node, parts, readNumber, readRecord, readText, writeNumber, writeRecord, writeText } from './notation.ts';
import type { Change, ClipChoice, Edit, Lane, ScheduleChoice } from './scene.ts';

/**
 * The parts of a scene that are lists, as nodes of a link's notation:
 *
 * - a lane: `(optimizer,(key:value,…),colour,on,schedule,clip)`; the colour is left out where it is the lane's number, and
 *   the optimizer is an id, or its recurrences in brackets
 * - a schedule: `(id,(key:value,…),warmup)`; clipping: `(kind,limit)`
 * - an edit: `(step,h,lane,key,value)`, `(step,s,lane,schedule)`, `(step,c,lane,clip)`, `(step,p,x,y,x,y,…)`
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

const clipNode = (clip: ClipChoice | null): Node => (clip ? [clip.kind, writeNumber(clip.limit)] : '');

function readClip(node: Node): unknown {
  const [kind, limit] = parts(node);
  return { kind, limit: readNumber(limit) };
}

/** A lane at its place in the list. */
export function laneNode({ optimizer, hyper, colour, on, schedule, clip }: Lane, index: number): Node {
  return group([
    typeof optimizer === 'string' ? optimizer : [writeText(optimizer.update)],
    writeRecord(hyper),
    colour === index ? '' : writeNumber(colour),
    on ? '' : '0',
    scheduleNode(schedule),
    clipNode(clip),
  ]);
}

/** @throws NotationError */
export function readLane(node: Node, index: number): unknown {
  const [optimizer, hyper, colour, on, schedule, clip] = parts(node);
  return {
    optimizer: optimizer === undefined || typeof optimizer === 'string' ? optimizer : { update: readText(optimizer) },
    hyper: optional(hyper, recordOf, {}),
    colour: optional(colour, readNumber, index),
    on: optional(on, readFlag, true),
    schedule: optional<unknown>(schedule, readSchedule, null),
    clip: optional<unknown>(clip, readClip, null),
  };
}

/** 1 and 0 for true and false. */
export const readFlag = (node: Node): unknown => (node === '1' ? true : node === '0' ? false : node);

/** x, y, x, y, … as pairs; what is missing at the end makes the last one short. */
export const pairs = (flat: readonly unknown[]): unknown[] =>
  Array.from({ length: Math.ceil(flat.length / 2) }, (_, i) => flat.slice(2 * i, 2 * i + 2));

/** What an edit's node has after the step. */
const CHANGES: {
  readonly [K in Change['kind']]: {
    readonly letter: string;
    readonly write: (change: Extract<Change, { kind: K }>) => readonly Node[];
    readonly read: (nodes: readonly Node[]) => object;
  };
} = {
  hyper: {
    letter: 'h',
    write: ({ lane, key, value }) => [writeNumber(lane), key, writeNumber(value)],
    read: ([lane, key, value]) => ({ lane: readNumber(lane), key, value: readNumber(value) }),
  },
  schedule: {
    letter: 's',
    write: ({ lane, schedule }) => [writeNumber(lane), scheduleNode(schedule)],
    read: ([lane, schedule]) => ({ lane: readNumber(lane), schedule: optional<unknown>(schedule, readSchedule, null) }),
  },
  clip: {
    letter: 'c',
    write: ({ lane, clip }) => [writeNumber(lane), clipNode(clip)],
    read: ([lane, clip]) => ({ lane: readNumber(lane), clip: optional<unknown>(clip, readClip, null) }),
  },
  particles: {
    letter: 'p',
    write: ({ points }) => points.flat().map(writeNumber),
    read: (nodes) => ({ points: pairs(nodes.map(readNumber)) }),
  },
};

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

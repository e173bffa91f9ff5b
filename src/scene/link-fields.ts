import { DEFAULT_SCENE } from './defaults.ts';
import { equal } from './equal.ts';
import { captionNode, keyframeNode, readCaption, readKeyframe } from './link-film.ts';
import { editNode, laneNode, pairs, readEdit, readFlag, readLane } from './link-nodes.ts';
import { readNodes, readNumber, readRecord, unescaped, writeNodes, writeNumber, writeRecord } from './notation.ts';
import type { Scene } from './scene.ts';

/** One `key=text` of a link. */
export interface LinkField {
  readonly key: string;
  /** Names of the field in the scene. */
  readonly place: readonly string[];
  /** The text, or null where the scene is as the default one. */
  readonly write: (scene: Scene) => string | null;
  /** What the text says, for the schema to check. @throws NotationError */
  readonly read: (text: string) => unknown;
}

/** A value as text and back. */
interface Codec<T> {
  readonly write: (value: T) => string;
  readonly read: (text: string) => unknown;
}

const numeric: Codec<number> = { write: writeNumber, read: readNumber };
const verbal: Codec<string> = { write: encodeURIComponent, read: unescaped };
const binary: Codec<boolean> = { write: (value) => (value ? '1' : '0'), read: readFlag };
const tuple: Codec<readonly number[]> = {
  write: (values) => values.map(writeNumber).join(','),
  read: (text) => readNodes(text).map(readNumber),
};
const record: Codec<Readonly<Record<string, number>>> = {
  write: (values) => writeRecord(values).join(','),
  read: (text) => readRecord(readNodes(text)),
};
const points: Codec<readonly (readonly number[])[]> = {
  write: (values) => values.flat().map(writeNumber).join(','),
  read: (text) => pairs(readNodes(text).map(readNumber)),
};
const lanes: Codec<Scene['lanes']> = {
  write: (values) => writeNodes(values.map(laneNode)),
  read: (text) => readNodes(text).map(readLane),
};
const edits: Codec<Scene['edits']> = {
  write: (values) => writeNodes(values.map(editNode)),
  read: (text) => readNodes(text).map(readEdit),
};

const path: Codec<Scene['film']['path']> = {
  write: (values) => writeNodes(values.map(keyframeNode)),
  read: (text) => readNodes(text).map(readKeyframe),
};
const captions: Codec<Scene['film']['captions']> = {
  write: (values) => writeNodes(values.map(captionNode)),
  read: (text) => readNodes(text).map(readCaption),
};
const words: Codec<readonly string[]> = { write: (values) => values.join(','), read: readNodes };

/** A field that is left out where it is as `standard` says. */
function field<T>(
  key: string,
  place: readonly string[],
  { write, read }: Codec<T>,
  value: (scene: Scene) => T | undefined,
  standard: (scene: Scene) => T | undefined,
): LinkField {
  return {
    key,
    place,
    write(scene) {
      const present = value(scene);
      return present === undefined || equal(present, standard(scene)) ? null : write(present);
    },
    read,
  };
}

/** A field of the scene itself. */
const top = <K extends keyof Scene>(key: string, name: K, codec: Codec<NonNullable<Scene[K]>>): LinkField =>
  field(
    key,
    [name],
    codec,
    (scene) => scene[name] ?? undefined,
    () => DEFAULT_SCENE[name] ?? undefined,
  );

/** A field of one of the scene's parts, as in the default scene when it is missing. */
const inner =
  <P extends 'camera' | 'film' | 'picture' | 'race' | 'start'>(part: P) =>
  <K extends keyof Scene[P] & string>(key: string, name: K, codec: Codec<Scene[P][K]>): LinkField =>
    field(
      key,
      [part, name],
      codec,
      (scene) => scene[part][name],
      () => DEFAULT_SCENE[part][name],
    );

const camera = inner('camera');
const film = inner('film');
const picture = inner('picture');
const race = inner('race');
const start = inner('start');

const lastLane = ({ lanes }: Scene) => Math.min(DEFAULT_SCENE.selected, lanes.length - 1);

const idOf = ({ surface }: Scene) => ('id' in surface ? surface.id : undefined);
const formulaOf = ({ surface }: Scene) => ('formula' in surface ? surface.formula : undefined);
const hasParams = ({ surface }: Scene) => Object.keys(surface.params).length > 0;

/** Everything that a link can say, in the order in which it does. */
export const LINK_FIELDS: readonly LinkField[] = [
  field('s', ['surface', 'id'], verbal, idOf, (scene) => (hasParams(scene) ? undefined : idOf(DEFAULT_SCENE))),
  field('f', ['surface', 'formula'], verbal, formulaOf, () => undefined),
  field(
    'p',
    ['surface', 'params'],
    record,
    ({ surface }) => surface.params,
    () => ({}),
  ),
  top('d', 'domain', tuple),
  top('l', 'lanes', lanes),
  start('spawn', 'spawn', verbal),
  field(
    'n',
    ['start', 'count'],
    numeric,
    ({ start: { spawn, count } }) => (spawn === 'points' ? undefined : count),
    () => DEFAULT_SCENE.start.count,
  ),
  start('at', 'points', points),
  top('seed', 'seed', numeric),
  top('steps', 'steps', numeric),
  top('speed', 'speed', numeric),
  field('lane', ['selected'], numeric, ({ selected }) => selected, lastLane),
  top('e', 'edits', edits),
  race('budget', 'budget', verbal),
  field(
    'reach',
    ['race', 'target'],
    numeric,
    (scene) => scene.race.target ?? undefined,
    () => undefined,
  ),
  camera('view', 'view', verbal),
  camera('azimuth', 'azimuth', numeric),
  camera('elevation', 'elevation', numeric),
  camera('distance', 'distance', numeric),
  camera('target', 'target', tuple),
  camera('turning', 'turning', binary),
  picture('palette', 'palette', verbal),
  picture('height', 'height', verbal),
  picture('exaggeration', 'exaggeration', numeric),
  picture('contours', 'contours', binary),
  picture('markers', 'markers', binary),
  picture('field', 'field', verbal),
  picture('plateaus', 'plateaus', binary),
  picture('trail', 'trail', numeric),
  picture('views', 'views', verbal),
  picture('theme', 'theme', verbal),
  film('path', 'path', path),
  film('easing', 'easing', verbal),
  film('follow', 'follow', binary),
  film('title', 'title', verbal),
  film('captions', 'captions', captions),
  film('over', 'overlays', words),
];

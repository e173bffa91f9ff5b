import { group, type Node, parts, readNumber, readText, writeNumber, writeText } from './notation.ts';
import type { Caption, Keyframe } from './scene.ts';

/**
 * What a film has, as nodes of a link's notation: a keyframe is `(at,azimuth,elevation,distance,x,y)`, the target left out
 * where it is the middle; a caption is `(from,to,(text))`.
 */

/** A keyframe. */
export const keyframeNode = ({ at, azimuth, elevation, distance, target: [x, y] }: Keyframe): Node =>
  [at, azimuth, elevation, distance, ...(x === 0 && y === 0 ? [] : [x, y])].map(writeNumber);

/** A keyframe of a node, for the schema to check. */
export function readKeyframe(node: Node): unknown {
  const [at, azimuth, elevation, distance, ...target] = parts(node).map(readNumber);
  return { at, azimuth, elevation, distance, ...(target.length > 0 ? { target } : {}) };
}

/** A caption. */
export const captionNode = ({ from, to, text }: Caption): Node =>
  group([writeNumber(from), writeNumber(to), text === '' ? '' : [writeText(text)]]);

/** A caption of a node, for the schema to check. @throws NotationError */
export function readCaption(node: Node): unknown {
  const [from, to, text] = parts(node);
  return { from: readNumber(from), to: readNumber(to), text: text === undefined ? '' : readText(parts(text)) };
}

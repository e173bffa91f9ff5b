import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from './errors.ts';
import type { Io } from './io.ts';

/** An answer in pieces, so that a large one never has to be in memory as text. */
export type Chunks = Iterable<string | Uint8Array>;

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and try again',
  EDQUOT: 'the disk quota is used up; free some space and try again',
  EFBIG: 'the file would be larger than this disk allows; ask for less',
  ENOENT: 'its folder does not exist; create it first',
  ENOTDIR: 'its folder is a file; choose another place',
  EACCES: 'it may not be written there; choose another place',
  EPERM: 'it may not be written there; choose another place',
  EROFS: 'the disk is read-only; choose another place',
  EISDIR: 'it is a folder; give the name of a file',
};

const explain = (error: unknown, place: string): unknown => {
  const code = (error as NodeJS.ErrnoException)?.code;
  if (code === undefined || code === 'EPIPE') return error;
  return new FailureError(`Could not write ${place}: ${CAUSES[code] ?? `the system says ${code}`}.`);
};

const writeAll = async (file: string, chunks: Chunks): Promise<void> => {
  const handle = await open(file, 'w');
  try {
    for (const chunk of gathered(chunks)) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
};

/** Characters that are gathered before they are written: an answer of many short lines is not written line by line. */
const GATHERED = 2 ** 16;

/** The same texts in fewer, longer pieces. */
function* gathered(chunks: Chunks): Chunks {
  let text = '';
  for (const chunk of chunks) {
    if (typeof chunk !== 'string') {
      yield chunk;
      continue;
    }
    text += chunk;
    if (text.length >= GATHERED) {
      yield text;
      text = '';
    }
  }
  if (text !== '') {
    yield text;
  }
}

/** Has a file filled beside its place and then renamed: it is there whole, or not at all. */
const wholly = async (target: string, fill: (beside: string) => Promise<void>): Promise<void> => {
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    await fill(beside);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
};

/** Where a file really lies, and what is there. */
const lookUp = async (file: string) => {
  const target = await realpath(file).catch(() => file);
  const there = await stat(target).catch(() => null);
  if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  return { target, special: there !== null && !there.isFile() };
};

/** Writes a file whole or not at all: beside its place, then renamed. A device or a pipe is written straight into. */
export const writeWhole = async (file: string, chunks: Chunks): Promise<void> => {
  try {
    const { target, special } = await lookUp(file);
    if (special) return await writeAll(target, chunks);
    await wholly(target, (beside) => writeAll(beside, chunks));
  } catch (error) {
    throw explain(error, `"${file}"`);
  }
};

/** Writes bytes at a place of a file. */
export type WriteAt = (bytes: Uint8Array, position: number) => Promise<void>;

/**
 * Has a file written piece by piece, each at its place, whole or not at all.
 * @param fill rejects where the file cannot be made; a piece that could not be written is told of instead
 */
export const writePlaced = async (file: string, fill: (write: WriteAt) => Promise<void>): Promise<void> => {
  let fault: unknown = null;
  try {
    const { target, special } = await lookUp(file);
    if (special) throw new FailureError(`"${file}" is no file, and pieces cannot be put to their places in it.`);
    await wholly(target, async (beside) => {
      const handle = await open(beside, 'w');
      try {
        await fill(async (bytes, position) => {
          try {
            await handle.write(bytes, 0, bytes.length, position);
          } catch (error) {
            fault ??= error;
            throw error;
          }
        });
      } finally {
        await handle.close();
      }
    });
  } catch (error) {
    throw explain(fault ?? error, `"${file}"`);
  }
};

/** Gives the answer: to the file of --out, else to standard output. */
export const deliver = async (io: Io, out: string | undefined, chunks: Chunks): Promise<void> => {
  if (out !== undefined) return writeWhole(out, chunks);
  try {
    for (const chunk of gathered(chunks)) await io.out(chunk);
  } catch (error) {
    throw explain(error, 'to standard output');
  }
};

/** Looks before a long run whether an answer can be written where --out says. */
export async function checkPlace(file: string | undefined): Promise<void> {
  if (file === undefined) {
    return;
  }
  try {
    const { target } = await lookUp(file);
    await access(dirname(target), constants.W_OK);
  } catch (error) {
    throw explain(error, `"${file}"`);
  }
}

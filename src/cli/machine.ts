import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The machine in a few words, for whoever compares figures. */
export const machineFacts = (): { cpu: string; cores: number; memoryGiB: number; system: string; node: string } => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${process.arch}`,
  node: process.versions.node,
});

const runnable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The first of these programs that is there: names are looked up on the path, paths taken as they are. */
export const findProgram = async (names: readonly string[]): Promise<string | null> => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    const places = /[\\/]/.test(name) ? [name] : folders.map((folder) => join(folder, name));
    for (const place of places) {
      if (await runnable(place)) return place;
    }
  }
  return null;
};

/** What a program prints, or null when it cannot be run or fails. */
export const output = (program: string, args: readonly string[]): Promise<string | null> =>
  run(program, [...args], { timeout: 20_000, maxBuffer: 2 ** 22 }).then(
    ({ stdout }) => stdout,
    () => null,
  );

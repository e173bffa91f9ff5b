import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Numbers of this process's threads whose name fits, ascending; none where the system does not tell. */
export const threadsNamed = async (name: RegExp): Promise<number[]> => {
  const folder = '/proc/self/task';
  const threads = await readdir(folder).catch(() => []);
  const named = await Promise.all(
    threads.map(async (thread) => {
      const comm = await readFile(`${folder}/${thread}/comm`, 'utf8').catch(() => '');
      return name.test(comm.trim()) ? Number(thread) : null;
    }),
  );
  return named.filter((thread) => thread !== null).sort((a, b) => a - b);
};

/**
 * Spreads threads over the cores, one each in turn. Two busy threads can share one core for seconds while the other
 * idles, which halves a figure at random; where the system cannot pin, figures stay as they come.
 * @returns whether every thread could be placed
 */
export const pin = async (threads: readonly number[]): Promise<boolean> => {
  const cores = availableParallelism();
  const placed = await Promise.allSettled(
    threads.map((thread, i) => run('taskset', ['-pc', String(i % cores), String(thread)])),
  );
  return threads.length > 0 && placed.every(({ status }) => status === 'fulfilled');
};

import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { withLock } from '../scripts/lock.js';
import { ROOT } from '../scripts/project.js';

const fileOf = (name: string): string => join(ROOT, '.cache', `${name}.lock`);

it('work of one name is done one after the other', async () => {
  const events: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = withLock('test-order', async () => {
    events.push('first begins');
    await held;
    events.push('first ends');
  });
  const second = withLock('test-order', async () => {
    events.push('second');
  });
  await withLock('test-other', async () => {
    events.push('another name');
  });
  release();
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'another name', 'first ends', 'second']);
  expect(existsSync(fileOf('test-order'))).toBe(false);
});

it('a failure frees the lock and is passed on', async () => {
  const failing = withLock('test-failure', async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(fileOf('test-failure'))).toBe(false);
});

it('the lock of a process that is gone is taken over', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await withLock('test-gone', async () => undefined);
  writeFileSync(fileOf('test-gone'), String(pid));
  expect(await withLock('test-gone', async () => 'done')).toBe('done');
  rmSync(fileOf('test-gone'), { force: true });
});

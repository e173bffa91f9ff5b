import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../scripts/build.js';
import { startProgram } from '../scripts/program.js';
import { ROOT } from '../scripts/project.js';

const SCRIPT = join(ROOT, 'scripts', 'start.js');

/** Generous: the page may have to be built. */
beforeAll(async () => {
  await ensureBuilt('page');
}, 120_000);

it('serves the page under its policy at the address it says, until Ctrl-C', async () => {
  const program = startProgram([SCRIPT, '--no-open', '--port', '0']);
  const [address] = await program.says(/http:\/\/127\.0\.0\.1:\d+\//);
  const response = await fetch(address);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(await response.text()).toContain('<script type="module"');
  program.child.kill('SIGINT');
  expect((await program.ended).status).toBe(0);
  await expect(fetch(address)).rejects.toThrow();
});

/** One sentence and status 1, and not a stack trace. */
const expectRefusal = (
  { status, out, err }: { status: number | null; out: string; err: string },
  words: string,
): void => {
  expect(status).toBe(1);
  expect(out).toBe('');
  expect(err).toContain(words);
  expect(err).not.toMatch(/^\s+at /m);
};

it('says what is wrong with a port', async () => {
  expectRefusal(await startProgram([SCRIPT, '--no-open', '--port', 'abc']).ended, '"abc"');
  expectRefusal(await startProgram([SCRIPT, '--no-open', '--port', '70000']).ended, '"70000"');
  expectRefusal(await startProgram([SCRIPT, '--no-opn']).ended, '--no-opn');
});

it('says that a port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    expectRefusal(await startProgram([SCRIPT, '--no-open', '--port', String(port)]).ended, `Port ${port}`);
  } finally {
    other.close();
  }
});

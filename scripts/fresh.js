import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './program.js';
import { ROOT, run, runMain, Sentence, say } from './project.js';

/** @param {boolean} holds @param {string} promise */
const check = (holds, promise) => {
  if (!holds) throw new Sentence(`In a fresh clone this does not hold: ${promise}.`);
  say(`✓ ${promise}`);
};

// The commands as a newcomer meets them: in a clone of the last commit, with nothing installed.
await runMain(async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'thalweg-fresh-'));
  try {
    check((await run('git', ['clone', '-q', ROOT, cwd])) === 0, 'it can be cloned');

    const answer = await startProgram(['bin/thalweg.js', '--version'], { cwd, loud: true }).ended;
    check(answer.status === 0, 'the command installs, builds and runs');
    check(/^\d+\.\d+\.\d+\n$/.test(answer.out), 'its standard output carries the answer alone');

    const start = startProgram(['scripts/start.js', '--no-open', '--port', '0'], { cwd, loud: true });
    const [address] = await start.says(/http:\S+/);
    const response = await fetch(address);
    check(response.status === 200, 'npm start builds and serves the page');
    check(response.headers.get('content-security-policy')?.includes("default-src 'self'") ?? false, 'under its policy');
    start.child.kill('SIGINT');
    check((await start.ended).status === 0, 'until Ctrl-C');

    const tests = await startProgram(['scripts/test.js', ...process.argv.slice(2)], { cwd, loud: true }).ended;
    say(tests.out.slice(-3000));
    check(tests.status === 0 && /^\d+ passed, 0 failed$/m.test(tests.out), 'npm test passes');
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

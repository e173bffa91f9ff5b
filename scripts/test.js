import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt, PARTS } from './build.js';
import { ensureBrowser, ensureVulkan } from './devices.js';
import { ensurePackages } from './packages.js';
import { ROOT, run, runMain, Sentence, say } from './project.js';

const REPORT = join(ROOT, '.cache', 'tests.json');
const tool = (/** @type {string[]} */ ...path) => join('node_modules', ...path);

/** What is checked before the tests. */
const CHECKS = [
  { name: 'types', words: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  {
    name: 'types of compute and below',
    words: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.compute.json'],
  },
  { name: 'lint', words: [tool('@biomejs', 'biome', 'bin', 'biome'), 'lint', '--error-on-warnings'] },
];

/** A count of what passed and what did not. @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @returns {Promise<Count>} */
const runChecks = async () => {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, words } of CHECKS) {
    say(`Checking ${name} …`);
    const status = await run(process.execPath, words, { output: 'stdout' });
    if (status === 0) count.passed += 1;
    else count.failed += 1;
  }
  return count;
};

/** What vitest reported. @param {number} status @returns {Count} */
const readReport = (status) => {
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    throw new Sentence('The tests ended before they could report: the lines above say why.');
  }
  // A file that does not even load has no failed test, and yet it failed.
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

/** @param {readonly string[]} words passed on to vitest @param {Record<string, string>} env @returns {Promise<Count>} */
const runTests = async (words, env) => {
  mkdirSync(dirname(REPORT), { recursive: true });
  rmSync(REPORT, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const status = await run(process.execPath, [tool('vitest', 'vitest.mjs'), 'run', ...reporters, ...words], {
    env,
    output: 'stdout',
  });
  return readReport(status);
};

await runMain(async () => {
  const words = process.argv.slice(2);
  await ensurePackages();
  const browser = await ensureBrowser();
  const env = { ...(await ensureVulkan()), CHROME_PATH: browser };
  const checks = words.length === 0 ? await runChecks() : { passed: 0, failed: 0, skipped: 0 };
  for (const part of /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS))) await ensureBuilt(part);
  const tests = await runTests(words, env);
  const failed = checks.failed + tests.failed;
  if (words.length > 0) say('Only the tests that were asked for ran; npm test alone also checks types and lint.');
  else if (tests.skipped > 0) say(`${tests.skipped} tests were skipped: here a test passes or fails.`);
  process.stdout.write(`${checks.passed + tests.passed} passed, ${failed} failed\n`);
  if (failed > 0 || (words.length === 0 && tests.skipped > 0)) process.exitCode = 1;
});

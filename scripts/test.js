import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt } from './build.js';
import { ensureBrowser, ensureVulkan } from './devices.js';
import { ensurePackages } from './packages.js';
import { ROOT, run, runMain, Sentence, say } from './project.js';

/** What vitest writes for us, and nobody else: tests may run twice at a time. */
const REPORT = join(ROOT, '.cache', `tests-${process.pid}.json`);

/** A tool of the packages, run by this Node; true when it found nothing. @param {string[]} words */
const tool = async (...words) => (await run(process.execPath, words, { output: 'stdout' })) === 0;

/** Whether a part can be built. @param {import('./build.js').Part} part */
const builds = (part) =>
  ensureBuilt(part).then(
    () => true,
    (error) => {
      say(error.message);
      return false;
    },
  );

const TSC = join('node_modules', 'typescript', 'bin', 'tsc');
const BIOME = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');
const VITEST = join('node_modules', 'vitest', 'vitest.mjs');

/** What is checked before the tests; each counts as one. */
const CHECKS = [
  { name: 'types', holds: () => tool(TSC, '--noEmit', '-p', 'tsconfig.json') },
  { name: 'types of compute and below', holds: () => tool(TSC, '--noEmit', '-p', 'tsconfig.compute.json') },
  { name: 'lint', holds: () => tool(BIOME, 'lint', '--error-on-warnings') },
  { name: 'the build of the page', holds: () => builds('page') },
  { name: 'the build of the command line', holds: () => builds('cli') },
];

/** A count of what passed and what did not. @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @returns {Promise<Count>} */
const runChecks = async () => {
  const failed = [];
  for (const { name, holds } of CHECKS) {
    say(`Checking ${name} …`);
    if (!(await holds())) failed.push(name);
  }
  for (const name of failed) say(`✗ ${name}`);
  return { passed: CHECKS.length - failed.length, failed: failed.length, skipped: 0 };
};

/** What vitest reported. @param {number} status @returns {Count} */
const readReport = (status) => {
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    throw new Sentence('The tests ended before they could report: the lines above say why.');
  } finally {
    rmSync(REPORT, { force: true });
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
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const status = await run(process.execPath, [VITEST, 'run', ...reporters, ...words], {
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
  const tests = await runTests(words, env);
  const failed = checks.failed + tests.failed;
  if (words.length > 0) say('Only the tests that were asked for ran; npm test alone also checks types and lint.');
  else if (tests.skipped > 0) say(`${tests.skipped} tests were skipped: here a test passes or fails.`);
  process.stdout.write(`${checks.passed + tests.passed} passed, ${failed} failed\n`);
  if (failed > 0 || (words.length === 0 && tests.skipped > 0)) process.exitCode = 1;
});

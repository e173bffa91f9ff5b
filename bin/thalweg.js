#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt } from '../scripts/build.js';
import { Sentence, say } from '../scripts/project.js';
import { findVulkanDriver, vulkanEnvironment } from '../scripts/vulkan.js';

/** Signals that a person or a supervisor ends a command with. @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs the command in another process, for what the dynamic linker reads at its start; it ends as that one does. @param {string} file @param {Record<string, string>} env */
const respawn = (file, env) => {
  const child = spawn(process.execPath, [file, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('close', (code, signal) => {
    for (const name of SIGNALS) process.removeAllListeners(name);
    if (signal) process.kill(process.pid, signal);
    process.exitCode = code ?? 1;
  });
};

try {
  const file = join(await ensureBuilt('cli'), 'main.js');
  const startEnv = findVulkanDriver()?.startEnv ?? {};
  Object.assign(process.env, vulkanEnvironment());
  if (Object.keys(startEnv).length > 0) respawn(file, startEnv);
  else await import(pathToFileURL(file).href);
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  say(`thalweg: ${error.message}`);
  process.exitCode = 1;
}

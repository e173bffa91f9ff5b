import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PythonPeers } from '../bench/python.ts';
import { openGpu } from '../device.ts';
import { toJson } from '../json.ts';
import { findProgram, machineFacts, output } from '../machine.ts';
import { deliver } from '../output.ts';
import type { Command } from './command.ts';

/** Limits that bound a swarm, a record and a terrain. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxUniformBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
  'maxTextureDimension2D',
] as const;

const DRIVER_FOLDERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const ENCODER = /^\s*V\S*\s+(libx264|libvpx-vp9|libvpx|libaom-av1|libsvtav1|gif)\s/;

/** Something that is missing, and the way to it. */
interface Missing {
  readonly what: string;
  readonly advice: string;
}

const vulkanDrivers = async (): Promise<string[]> => {
  const named = process.env.VK_ICD_FILENAMES ?? process.env.VK_DRIVER_FILES;
  if (named) return named.split(':');
  const lists = await Promise.all(
    DRIVER_FOLDERS.map(async (folder) =>
      (await readdir(folder).catch(() => []))
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(folder, file)),
    ),
  );
  return lists.flat();
};

const gpuFacts = async (missing: Missing[]) => {
  const found = await openGpu();
  if ('missing' in found) {
    missing.push({
      what: 'a WebGPU adapter',
      advice: `${found.missing}; install the graphics driver, or Chromium for the software one; until then the float64 reference runs.`,
    });
    return { adapter: null, limits: null };
  }
  const { name, software, adapter, device } = found;
  if (software) {
    missing.push({
      what: 'a hardware GPU',
      advice: 'The software adapter is right but slow: install the GPU’s Vulkan driver.',
    });
  }
  return {
    adapter: { name, software, features: [...adapter.features].sort() },
    limits: Object.fromEntries(
      LIMITS.map((limit) => [limit, { device: device.limits[limit], adapter: adapter.limits[limit] }]),
    ),
  };
};

const programFacts = async (missing: Missing[]) => {
  const [browser, ffmpeg, ffprobe] = await Promise.all([
    findProgram([process.env.CHROME_PATH ?? '', ...BROWSERS].filter((name) => name !== '')),
    findProgram(['ffmpeg']),
    findProgram(['ffprobe']),
  ]);
  if (!browser) {
    missing.push({
      what: 'a browser',
      advice: 'Install Chrome or Chromium, or point CHROME_PATH at one; npm test fetches one too.',
    });
  }
  if (!ffmpeg || !ffprobe) {
    missing.push({ what: 'ffmpeg and ffprobe', advice: 'Install the package ffmpeg; only checks of videos need it.' });
  }
  const encoders = ffmpeg ? await output(ffmpeg, ['-hide_banner', '-encoders']) : null;
  return {
    browser: browser ? { path: browser, version: (await output(browser, ['--version']))?.trim() ?? null } : null,
    codecs: {
      ffmpeg,
      ffprobe,
      encoders: (encoders ?? '').split('\n').flatMap((line) => ENCODER.exec(line)?.[1] ?? []),
    },
  };
};

const pythonFacts = async (missing: Missing[]) => {
  const peers = await PythonPeers.find();
  peers?.end();
  if (!peers || peers.facts.numpy === null || peers.facts.torch === null) {
    missing.push({
      what: 'a Python with numpy and PyTorch',
      advice:
        'Install both for python3 (Debian: python3-numpy, python3-torch); only the comparisons of thalweg bench need them.',
    });
  }
  return peers?.facts ?? null;
};

/** `doctor`: what this machine has, and what to do about what it lacks. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'What this machine has, and what to do about what is missing.',
  usage: '[options]',
  details: 'Answers {machine, adapter, limits, vulkan, browser, codecs, python, missing: [{what, advice}, …]}.',
  options: ['out'],
  positionals: 0,
  async run(words, io) {
    const missing: Missing[] = [];
    const { adapter, limits } = await gpuFacts(missing);
    const vulkan = process.platform === 'linux' ? await vulkanDrivers() : [];
    const programs = await programFacts(missing);
    const python = await pythonFacts(missing);
    const answer = { machine: machineFacts(), adapter, limits, vulkan, ...programs, python, missing };
    await deliver(io, words.last('out'), [`${JSON.stringify(JSON.parse(toJson(answer)), null, 2)}\n`]);
    return 0;
  },
};

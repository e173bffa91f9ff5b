import { existsSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { browserFolders } from './browser.js';

/**
 * @typedef {object} VulkanDriver
 * @property {'system' | 'software'} kind
 * @property {Record<string, string>} env what must be in the environment before WebGPU is loaded
 * @property {Record<string, string>} startEnv what must be there before the process starts: the dynamic linker reads it once
 */

const SOFTWARE_DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';

/** @param {string} folder */
const list = (folder) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** A graphics card shows itself by a device node; drivers may be installed without one. */
const hasGraphicsCard = () =>
  list('/dev/dri').some((name) => name.startsWith('renderD')) || existsSync('/dev/nvidia0') || existsSync('/dev/dxg');

const hasSystemDriver = () => {
  const data = (process.env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':');
  const folders = [...data, '/etc', join(homedir(), '.local/share')].map((folder) => join(folder, 'vulkan/icd.d'));
  // lavapipe (lvp) lacks what WebGPU asks for.
  return folders.some((folder) => list(folder).some((name) => name.endsWith('.json') && !name.startsWith('lvp')));
};

const hasSystemLoader = () => {
  const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const folders = [`/usr/lib/${multiarch}`, '/usr/lib64', '/usr/lib', '/usr/local/lib', '/lib64', '/lib'];
  const extra = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean);
  return [...extra, ...folders].some((folder) => existsSync(join(folder, LOADER)));
};

/** Chromium's software driver, or null: every Chrome and Chromium for Linux brings it, beside its binary. */
const softwareDriver = () =>
  browserFolders()
    .map((folder) => join(folder, SOFTWARE_DRIVER))
    .find((file) => existsSync(file)) ?? null;

/**
 * The driver that WebGPU in Node shall use, or null where there is none. Metal and Direct3D need nothing; on Linux it is a
 * graphics card's Vulkan driver, else SwiftShader, the software driver that Chromium brings. Nothing is loaded to find out.
 * @param {{ card?: boolean }} [options] card: false passes a graphics card over
 * @returns {VulkanDriver | null}
 */
export const findVulkanDriver = ({ card = true } = {}) => {
  if (process.platform !== 'linux' || process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES) {
    return { kind: 'system', env: {}, startEnv: {} };
  }
  const software = softwareDriver();
  if (card && hasGraphicsCard() && hasSystemDriver() && hasSystemLoader()) {
    // Should the card's driver not give an adapter after all, the software one beside it does.
    /** @type {Record<string, string>} */
    const env = software ? { VK_ADD_DRIVER_FILES: software } : {};
    return { kind: 'system', env, startEnv: {} };
  }
  if (!software) return null;
  // Chromium also brings the loader, for machines that have none.
  const driver = { kind: /** @type {const} */ ('software'), env: { VK_ICD_FILENAMES: software } };
  return hasSystemLoader()
    ? { ...driver, startEnv: {} }
    : { ...driver, startEnv: { LD_LIBRARY_PATH: dirname(software) } };
};

/**
 * What the environment of a process that loads WebGPU needs, on top of ours.
 * @param {VulkanDriver | null} [driver]
 * @returns {Record<string, string>}
 */
export const vulkanEnvironment = (driver = findVulkanDriver()) => {
  const environment = { ...driver?.env };
  // Drivers complain on standard error where there is no such folder.
  if (process.platform === 'linux') environment.XDG_RUNTIME_DIR = process.env.XDG_RUNTIME_DIR || tmpdir();
  return environment;
};

/** Lets WebGPU find its driver in this process; to be called before it is loaded. */
export const applyVulkanDriver = () => {
  Object.assign(process.env, vulkanEnvironment());
};

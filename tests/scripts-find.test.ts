import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { findBrowser } from '../scripts/browser.js';
import { packagesInstalled } from '../scripts/packages.js';
import { findVulkanDriver, vulkanEnvironment } from '../scripts/vulkan.js';

let folder: string;
let browser: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thalweg-find-'));
  mkdirSync(join(folder, 'browser'));
  browser = join(folder, 'browser', 'anything');
  writeFileSync(browser, '');
  chmodSync(browser, 0o755);
  writeFileSync(join(folder, 'browser', 'vk_swiftshader_icd.json'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

it('a browser that is named comes before all others', () => {
  vi.stubEnv('CHROME_PATH', browser);
  expect(findBrowser()).toBe(browser);
});

it('a name that cannot be run is passed over', () => {
  vi.stubEnv('CHROME_PATH', join(folder, 'browser', 'vk_swiftshader_icd.json'));
  expect(findBrowser()).not.toBe(process.env.CHROME_PATH);
});

it('a driver that a person chose is left alone', () => {
  vi.stubEnv('VK_ICD_FILENAMES', '/somewhere/icd.json');
  expect(findVulkanDriver()).toEqual({ kind: 'system', env: {}, startEnv: {} });
});

it('the software driver beside the browser is found where Vulkan is what WebGPU stands on', () => {
  vi.stubEnv('VK_ICD_FILENAMES', '');
  vi.stubEnv('VK_DRIVER_FILES', '');
  vi.stubEnv('CHROME_PATH', browser);
  const driver = join(folder, 'browser', 'vk_swiftshader_icd.json');
  expect(Object.values(vulkanEnvironment()).includes(driver)).toBe(process.platform === 'linux');
});

it('the packages that these tests run with are those of the lock file', () => {
  expect(packagesInstalled()).toBe(true);
});

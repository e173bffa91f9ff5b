import { afterEach } from 'vitest';
import { create } from 'webgpu';
import { applyVulkanDriver } from '../../scripts/vulkan.js';

/** A device with what made it, and the errors that nobody caught. Dawn crashes when one of the three is collected, so all stay reachable. */
interface Held {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
  readonly device: GPUDevice;
  readonly errors: string[];
}

const holder = globalThis as typeof globalThis & { thalwegTestDevices?: Held[] };

const open = async (descriptor: GPUDeviceDescriptor): Promise<Held> => {
  applyVulkanDriver();
  const gpu = create([]);
  const adapter = await gpu.requestAdapter();
  if (!adapter) {
    throw new Error(
      'No WebGPU adapter in Node: run `npm test`, which finds or installs a Vulkan driver (Chromium brings a software one).',
    );
  }
  const device = await adapter.requestDevice(descriptor);
  const held: Held = { gpu, adapter, device, errors: [] };
  device.addEventListener('uncapturederror', ({ error }) => held.errors.push(error.message));
  holder.thalwegTestDevices ??= [];
  holder.thalwegTestDevices.push(held);
  return held;
};

let shared: Promise<Held> | undefined;

/** The WebGPU device that all tests of a file share; an error on it that no error scope caught fails the test that made it. */
export const testDevice = async (): Promise<GPUDevice> => {
  shared ??= open({ label: 'tests' });
  return (await shared).device;
};

/** A device of one's own, to destroy or to ask for other limits. */
export const ownDevice = async (descriptor: GPUDeviceDescriptor = { label: 'own' }): Promise<GPUDevice> =>
  (await open(descriptor)).device;

afterEach(async () => {
  for (const { device, errors } of holder.thalwegTestDevices ?? []) {
    // Errors arrive once the work before them is done; a destroyed device answers at once.
    await device.queue.onSubmittedWorkDone().catch(() => undefined);
    const messages = errors.splice(0);
    if (messages.length > 0) throw new Error(`WebGPU errors that nobody caught:\n${messages.join('\n')}`);
  }
});

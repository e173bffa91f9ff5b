import { FailureError, RequestError } from './errors.ts';
import type { Io } from './io.ts';
import { isSoftware } from '../compute/gpu/software.ts';
import { nearest } from '../math/nearest.ts';
import type { Words } from './words.ts';

/** A GPU that answered. */
export interface OpenGpu {
  readonly device: GPUDevice;
  readonly adapter: GPUAdapter;
  /** What it calls itself, with "(software)" where it is a processor in disguise. */
  readonly name: string;
  readonly software: boolean;
}

/** Values of --device. */
export const DEVICES = ['auto', 'gpu', 'reference'] as const;
export type DeviceChoice = (typeof DEVICES)[number];

/**
 * Without a check of every index, which a browser must make since it cannot know who wrote the code: a third more updates a
 * second on a software GPU. Every index of these kernels is within its array by their own guards, and formulas bring no
 * other: the tables in them are checked when they are compiled.
 */
const UNCHECKED = 'enable-dawn-features=disable_robustness';

/** Dawn must outlive what it made: objects that are collected in the wrong order end the process, so all are kept. */
const keep = (...objects: readonly unknown[]): void => {
  const holder = globalThis as typeof globalThis & { thalwegKept?: unknown[] };
  holder.thalwegKept ??= [];
  holder.thalwegKept.push(...objects);
};

const describe = ({ info }: GPUAdapter): { name: string; software: boolean } => {
  const words = [info.description, info.device, `${info.vendor} ${info.architecture}`].map((word) => word.trim());
  const name = words.find((word) => word !== '') ?? 'an adapter without a name';
  const software = isSoftware(info);
  return { name: software ? `${name} (software)` : name, software };
};

/** The GPU of this machine with WebGPU's default limits, or the reason why there is none. */
export const openGpu = async (): Promise<OpenGpu | { readonly missing: string }> => {
  let gpu: GPU;
  try {
    const { create } = await import('webgpu');
    gpu = create([UNCHECKED]);
  } catch {
    return { missing: 'the package webgpu does not load on this system (run npm install again)' };
  }
  const adapter = await gpu.requestAdapter();
  keep(gpu, adapter);
  if (!adapter)
    return { missing: 'no Vulkan, Metal or Direct3D 12 driver offers an adapter (thalweg doctor says more)' };
  const device = await adapter.requestDevice({ label: 'thalweg' });
  keep(device);
  return { device, adapter, ...describe(adapter) };
};

/** The value of --device. */
export const deviceChoice = (words: Words, fallback: DeviceChoice): DeviceChoice => {
  const word = words.last('device') ?? fallback;
  const choice = DEVICES.find((candidate) => candidate === word);
  if (!choice) {
    throw new RequestError(
      `Unknown device "${word}"; the nearest is "${nearest(word, DEVICES)}" (${DEVICES.join(', ')}).`,
    );
  }
  return choice;
};

/**
 * The GPU that --device asks for, or null for the float64 reference. Without a GPU `auto` says so and takes the reference.
 * @throws FailureError for `gpu` where there is none
 */
export const obtainGpu = async (choice: DeviceChoice, io: Io): Promise<OpenGpu | null> => {
  if (choice === 'reference') return null;
  const found = await openGpu();
  if ('device' in found) return found;
  if (choice === 'gpu') throw new FailureError(`There is no GPU: ${found.missing}; --device reference needs none.`);
  io.err(`thalweg: no GPU, so the float64 reference runs: ${found.missing}.\n`);
  return null;
};

/** Times a lost device is opened anew before it counts as lost for good. */
const ATTEMPTS = 2;

/**
 * Does work on a GPU, or on the reference where there is none; what loses its device starts over on a new one, which gives the
 * same numbers.
 * @throws FailureError (rejects) when the device is lost again
 */
export async function onDevice<T>(
  first: OpenGpu | null,
  io: Io,
  work: (device: GPUDevice | null) => Promise<T>,
): Promise<T> {
  if (!first) {
    return work(null);
  }
  let gpu: OpenGpu | null = first;
  for (let attempt = 1; gpu; attempt++) {
    let lost = false;
    gpu.device.lost.then(() => {
      lost = true;
    });
    try {
      return await work(gpu.device);
    } catch (error) {
      // The promise that tells of the loss may be settled after the one that failed from it.
      await new Promise((resolve) => setTimeout(resolve));
      if (!lost) {
        throw error;
      }
      gpu = attempt < ATTEMPTS ? await obtainGpu('gpu', io) : null;
    }
  }
  throw new FailureError('The GPU was lost in mid-run, again after a new start; --device reference needs none.');
}

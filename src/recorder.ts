import { requestDevice } from './device.ts';
import { record, type Recorded, type Took } from './record/record.ts';
import type { Recording } from './scene/recording.ts';
import type { Scene } from './scene/scene.ts';
import './ui/fonts/fonts.ts';

/** What a frame can be told by: the update that it shows, where the first lane's particles are, and a hash of its pixels (FNV-1a, 32 bits). */
export interface Evidence {
  readonly step: number;
  readonly positions: readonly number[];
  readonly hash: number;
}

/** What a recording told of itself; evidence only where it was asked for. */
export interface RecorderAnswer extends Recorded {
  readonly shown: readonly Evidence[];
}

/** A page without a page: whoever opens it has it record scenes. */
export interface Recorder {
  /** What would draw, or null where there is no GPU. */
  adapter(): Promise<string | null>;
  /** @param options.device 'cpu': the float64 reference, drawn without WebGPU */
  record(
    scene: Scene,
    recording: Recording,
    options?: { readonly device?: 'gpu' | 'cpu'; readonly evidence?: boolean },
  ): Promise<RecorderAnswer>;
}

declare global {
  interface Window {
    thalwegRecorder?: Recorder;
    /** Takes bytes of the file, in base64, at their place. */
    thalwegWrite?(base64: string, position: number): Promise<void>;
    /** Is told how many frames are done, and what the last one took. */
    thalwegProgress?(done: number, took: Took): Promise<void>;
  }
}

/** Bytes that become characters at a time: more would be too many arguments. */
const PORTION = 2 ** 15;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PORTION) {
    text += String.fromCharCode(...bytes.subarray(at, at + PORTION));
  }
  return btoa(text);
}

/** FNV-1a over 32-bit words. Source: G. Fowler, L. Noll, K.-P. Vo, "The FNV non-cryptographic hash algorithm". */
function hashOf(pixels: Uint8ClampedArray): number {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4);
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
  }
  return hash >>> 0;
}

const onCpu = { device: null, adapter: 'CPU, float64', software: true } as const;

async function openGpu() {
  const answer = await requestDevice();
  if (!answer.device) {
    throw new Error(answer.why);
  }
  return answer;
}

window.thalwegRecorder = {
  async adapter() {
    const answer = await requestDevice();
    answer.device?.destroy();
    return answer.device ? answer.adapter : null;
  },
  async record(scene, recording, { device = 'gpu', evidence = false } = {}) {
    const shown: Evidence[] = [];
    const recorded = await record({
      scene,
      recording,
      theme: scene.picture.theme === 'light' ? 'light' : 'dark',
      open: device === 'gpu' ? openGpu : async () => onCpu,
      sink: { write: async (bytes, position) => window.thalwegWrite?.(base64(bytes), position) },
      async frame({ done, step, took }, shot, { run }) {
        if (evidence) {
          const { positions } = await run.lanes[0].swarm.read();
          shown.push({ step, positions: Array.from(positions), hash: hashOf(shot.pixels()) });
        }
        await window.thalwegProgress?.(done, took);
      },
    });
    return { ...recorded, shown };
  },
};
document.documentElement.dataset.thalweg = 'ready';

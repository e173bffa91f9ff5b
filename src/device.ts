import { isSoftware } from './compute/gpu/software.ts';

/** A GPU, or the sentence that says why there is none and what to do. */
export type DeviceAnswer =
  | { readonly device: GPUDevice; readonly adapter: string; readonly software: boolean }
  | { readonly device: null; readonly why: string };

const GO_ON = 'The CPU computes instead, with fewer particles.';

/** Asks the browser for a GPU. Never rejects: the three ways in which there can be none are told apart. */
export async function requestDevice(): Promise<DeviceAnswer> {
  if (!window.isSecureContext) {
    return {
      device: null,
      why: `This address is not secure, so the browser hides the GPU: open the page over https or on localhost. ${GO_ON}`,
    };
  }
  if (!navigator.gpu) {
    return {
      device: null,
      why: `This browser has no WebGPU: a current Chrome, Edge, Safari or Firefox has. ${GO_ON}`,
    };
  }
  try {
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter) {
      // Smooth sampling of float textures is welcome where there is any, and never needed.
      const features = (['float32-filterable'] as const).filter((feature) => adapter.features.has(feature));
      const device = await adapter.requestDevice({ label: 'Thalweg', requiredFeatures: features });
      const { vendor, architecture, description } = adapter.info;
      const software = isSoftware(adapter.info);
      const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
      return { device, adapter: software ? `${name} (software)` : name, software };
    }
  } catch {
    // Refused for a reason that a person can do nothing about: the same as having none.
  }
  return {
    device: null,
    why: `The browser offers no GPU: check that hardware acceleration is on and that the graphics driver is current. ${GO_ON}`,
  };
}

/** The same for who must go on in any case: a GPU, or what stands for the CPU. */
export async function openDevice(): Promise<{
  readonly device: GPUDevice | null;
  readonly adapter: string;
  readonly software: boolean;
}> {
  const answer = await requestDevice();
  return answer.device ? answer : { device: null, adapter: 'CPU, float64', software: true };
}

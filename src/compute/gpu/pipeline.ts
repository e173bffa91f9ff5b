import { composeModule, type Part } from './compose.ts';

/** A shader that this device refused, with the place in our own files. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

/** How a kernel's bindings are used, in binding order of group 0. `block`: a uniform at a dynamic offset (see Batch). */
export type Binding = 'uniform' | 'block' | 'storage' | 'read-only-storage';

/** A compute kernel to be compiled: its parts, its entry point and its bindings. */
export interface KernelSource {
  readonly label: string;
  readonly parts: readonly Part[];
  readonly entry: string;
  readonly bindings: readonly Binding[];
}

/** A compiled kernel. */
export interface Kernel {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Threads in a workgroup, everywhere: `WORKGROUP` in WGSL. 64 suits every GPU and is as fast as more on a software one. */
export const WORKGROUP = 64;

/** Compiled kernels kept a device, the least recently used are let go: somebody typing a formula makes a new one with each key. */
const KEPT = 96;

const compiled = new WeakMap<GPUDevice, Map<string, Promise<Kernel>>>();

/**
 * Compiles a kernel without blocking, or hands out the one compiled before from the same text on the same device.
 * @throws ShaderError (rejects) when the device refuses the code; the message names the part and the line.
 */
export function compileKernel(device: GPUDevice, source: KernelSource): Promise<Kernel> {
  const parts = [{ name: 'constants', text: `const WORKGROUP = ${WORKGROUP};` }, ...source.parts];
  const module = composeModule(parts);
  const key = `${source.entry}\n${source.bindings.join()}\n${module.code}`;
  let kernels = compiled.get(device);
  if (!kernels) {
    kernels = new Map();
    compiled.set(device, kernels);
  }
  const known = kernels.get(key);
  if (known) {
    kernels.delete(key);
    kernels.set(key, known);
    return known;
  }
  const kernel = compile(device, source, module);
  kernels.set(key, kernel);
  kernel.catch(() => kernels.delete(key));
  for (const oldest of kernels.keys()) {
    if (kernels.size <= KEPT) {
      break;
    }
    kernels.delete(oldest);
  }
  return kernel;
}

async function compile(
  device: GPUDevice,
  source: KernelSource,
  module: ReturnType<typeof composeModule>,
): Promise<Kernel> {
  const { label } = source;
  // A refused module is an error of the pipeline's; it need not be one that nobody caught beside.
  device.pushErrorScope('validation');
  const shader = device.createShaderModule({ label, code: module.code });
  device.popErrorScope().catch(() => {});
  const layout = device.createBindGroupLayout({
    label,
    entries: source.bindings.map((type, binding) => ({
      binding,
      visibility: 4, // GPUShaderStage.COMPUTE; the name is a global that not every host of WebGPU has
      buffer: type === 'block' ? { type: 'uniform', hasDynamicOffset: true } : { type },
    })),
  });
  const pipeline = device.createComputePipelineAsync({
    label,
    layout: device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
    compute: { module: shader, entryPoint: source.entry },
  });
  try {
    return { label, pipeline: await pipeline, layout };
  } catch (error) {
    // What is wrong with the text is asked only now: each question is a way to the device and back.
    const { messages } = await shader.getCompilationInfo();
    const wrong = messages.find(({ type }) => type === 'error');
    if (!wrong) {
      throw new ShaderError(`The shader ${label} cannot be built on this device: ${(error as Error).message}`);
    }
    const { name, line } = module.locate(wrong.lineNum);
    throw new ShaderError(`The shader ${label} does not compile: ${name}, line ${line}: ${wrong.message}`);
  }
}

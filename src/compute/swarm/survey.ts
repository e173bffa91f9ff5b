import markText from '../../../shaders/lib/mark.wgsl';
import surveyText from '../../../shaders/kernels/survey.wgsl';
import { MAX_GOALS, type Survey, type SwarmPlan } from '../contract.ts';
import { createBuffer, USAGE } from '../gpu/buffers.ts';
import type { Part } from '../gpu/compose.ts';
import { compileKernel, type Kernel, WORKGROUP } from '../gpu/pipeline.ts';
import { byMeasure, MEASURES, type Place, QUANTILES } from '../measures.ts';
import { keyPart, Selection, selectionKernels } from './selection.ts';
import { libraryParts, surfaceParts } from './slots.ts';

/** What a watch keeps of a particle. */
export const markPart: Part = { name: 'shaders/lib/mark.wgsl', text: markText };

/** Words of `Params` in survey.wgsl before `goal`. */
const HEAD_WORDS = 4;

const EACH = Object.values(QUANTILES);

/** The slot of the measures. */
const measuredPart: Part = {
  name: 'src/compute/measures.ts',
  text: [
    `const MEASURES = ${MEASURES.length}u;`,
    `const GOAL_PAIRS = ${MAX_GOALS / 2};`,
    `fn measured(mark: Mark) -> array<f32, ${MEASURES.length}> {`,
    `  return array(${MEASURES.map(({ wgsl }) => wgsl).join(', ')});`,
    '}',
  ].join('\n'),
};

/** What is surveyed: the marks of a watch. */
interface Surveyed {
  readonly marks: GPUBuffer;
  readonly surface: GPUBuffer;
  readonly count: number;
}

/** Compiles what surveys: the kernel that measures, and those that select. */
export function surveyKernels(device: GPUDevice, { landscape }: SwarmPlan): Promise<SurveyKernels> {
  const measure = compileKernel(device, {
    label: 'survey',
    entry: 'survey',
    parts: [
      { name: 'shaders/kernels/survey.wgsl', text: surveyText },
      markPart,
      keyPart,
      measuredPart,
      ...libraryParts,
      ...surfaceParts(landscape.formula),
    ],
    bindings: ['uniform', 'uniform', 'read-only-storage', 'storage', 'storage'],
  });
  return Promise.all([measure, selectionKernels(device)]);
}

export type SurveyKernels = readonly [measure: Kernel, select: readonly Kernel[]];

/** Puts watched particles into a few numbers on the GPU, and reads back 288 bytes. */
export class GpuSurvey {
  readonly #kernel: Kernel;
  readonly #group: GPUBindGroup;
  readonly #params: GPUBuffer;
  readonly #selection: Selection;
  readonly #count: number;

  constructor(
    device: GPUDevice,
    [kernel, kernels]: SurveyKernels,
    goals: readonly Place[],
    { marks, surface, count }: Surveyed,
  ) {
    this.#kernel = kernel;
    this.#selection = new Selection(device, kernels, MEASURES.length, EACH, count);
    this.#count = count;
    const words = new Uint32Array(HEAD_WORDS + 2 * MAX_GOALS);
    words.set([count, goals.length]);
    new Float32Array(words.buffer).set(
      goals.flatMap(({ x, y }) => [x, y]),
      HEAD_WORDS,
    );
    this.#params = createBuffer(device, 'survey parameters', words.byteLength, USAGE.uniform | USAGE.copyTarget);
    device.queue.writeBuffer(this.#params, 0, words);
    const bound: readonly GPUBufferBinding[] = [
      { buffer: this.#params },
      { buffer: surface },
      { buffer: marks },
      { buffer: this.#selection.keys },
      this.#selection.own,
    ];
    this.#group = device.createBindGroup({
      label: kernel.label,
      layout: kernel.layout,
      entries: bound.map((resource, binding) => ({ binding, resource })),
    });
  }

  /** Surveys what the watch of a swarm has seen after all work submitted so far, or when an earlier survey has come back. */
  async take(swarm: { readonly step: number }): Promise<Survey> {
    let step = 0;
    const { values, own } = await this.#selection.take((encoder) => {
      step = swarm.step;
      const pass = encoder.beginComputePass({ label: 'survey' });
      pass.setPipeline(this.#kernel.pipeline);
      pass.setBindGroup(0, this.#group);
      pass.dispatchWorkgroups(Math.ceil(this.#count / WORKGROUP));
      pass.end();
      return this.#count;
    });
    return {
      step,
      count: this.#count,
      spent: own[0] + own[1] * 2 ** 32,
      diverged: own[2],
      measures: byMeasure((_, k) => {
        const [low, median, high] = values[k];
        return { low, median, high };
      }),
    };
  }

  dispose(): void {
    this.#params.destroy();
    this.#selection.dispose();
  }
}

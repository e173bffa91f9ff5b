import { MAX_ADDED, type SwarmPlan } from '../contract.ts';
import { createBuffer, createStorage, USAGE } from '../gpu/buffers.ts';
import { averageVariable, stateVariables } from './slots.ts';
import { surfaceParameters } from './steps.ts';

/** The device memory of a swarm: owned here, lent to kernels and to the view. */
export class SwarmBuffers {
  readonly capacity: number;
  readonly initial: number;
  readonly surface: GPUBuffer;
  readonly positions: GPUBuffer;
  readonly starts: GPUBuffer;
  readonly state: GPUBuffer;
  readonly exits: GPUBuffer;
  /** A bit a particle, for stride.wgsl. */
  readonly behind: GPUBuffer;
  /** Averages of places for the picture, and where in the state they are kept; null where the plan has none. */
  readonly averages: GPUBuffer | null;
  readonly averagesInState: Required<GPUBufferBinding>;

  constructor(device: GPUDevice, plan: SwarmPlan) {
    this.initial = plan.starts.length / 2;
    // A part of the state is bound by itself, at a multiple of 256 bytes.
    this.capacity = Math.ceil((this.initial + MAX_ADDED) / 32) * 32;
    this.surface = createBuffer(device, 'surface parameters', 64, USAGE.uniform | USAGE.copyTarget);
    device.queue.writeBuffer(this.surface, 0, surfaceParameters(plan.landscape));
    const starts = new Float32Array(plan.starts);
    this.positions = createStorage(device, 'positions', this.capacity * 8, starts);
    this.starts = createStorage(device, 'starts', this.capacity * 8, starts);
    this.state = createStorage(device, 'state', this.capacity * 8 * stateVariables(plan));
    this.exits = createStorage(device, 'exits', this.capacity * 16);
    this.behind = createStorage(device, 'behind', this.capacity / 8);
    this.averages = plan.averages ? createStorage(device, 'averages', this.capacity * 8, starts) : null;
    const bytes = this.capacity * 8;
    this.averagesInState = { buffer: this.state, offset: averageVariable(plan) * bytes, size: bytes };
  }

  dispose(): void {
    for (const buffer of [this.surface, this.positions, this.starts, this.state, this.exits, this.behind]) {
      buffer.destroy();
    }
    this.averages?.destroy();
  }
}

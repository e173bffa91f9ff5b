import type { SwarmPlan } from '../../compute/contract.ts';
import { createReferenceSwarm } from '../../compute/reference/swarm.ts';
import { createGpuSwarm } from '../../compute/swarm/swarm.ts';
import { type Contestant, GpuTimer, UpdateTimer } from './contestant.ts';
import { loopState, LOOPS } from './loops.ts';
import { pin } from './pin.ts';
import type { PythonPeers } from './python.ts';
import { LoopThreads } from './threads.ts';

/** The page's trails: each particle up to 65,536 of them, else 4,096, 64 samples, one every second update. */
const TRAIL = { all: 65_536, some: 4096, slots: 64, every: 2 } as const;

/** The reference is timed on fewer particles, which is the same per particle. */
const REFERENCE_PARTICLES = 4096;

/** The GPU swarm, the very one that runs and that `verify` checks, with `k` updates a dispatch. */
export async function gpuContestant(
  device: GPUDevice,
  plan: SwarmPlan,
  k: number,
  trails: boolean,
): Promise<Contestant> {
  const count = plan.starts.length / 2;
  const columns = count <= TRAIL.all ? count : TRAIL.some;
  const swarm = await createGpuSwarm(
    device,
    plan,
    trails ? { columns, slots: TRAIL.slots, every: TRAIL.every } : undefined,
  );
  await swarm.hasten();
  const timer = new GpuTimer();
  const submit = (updates: number) => {
    for (let done = 0; done < updates; done += k) {
      swarm.advance(k);
    }
  };
  return {
    id: `gpu-k${k}${trails ? '-trails' : ''}`,
    rate: (seconds) => timer.rate(count, seconds, k, submit, () => device.queue.onSubmittedWorkDone()),
    end: () => swarm.dispose(),
  };
}

/** The float64 reference. */
export function referenceContestant(plan: SwarmPlan): Contestant {
  const starts = plan.starts.slice(0, 2 * REFERENCE_PARTICLES);
  const swarm = createReferenceSwarm({ ...plan, starts });
  const timer = new UpdateTimer();
  return {
    id: 'reference',
    rate: (seconds) => timer.rate(starts.length / 2, seconds, (updates) => swarm.advance(updates)),
    end: () => swarm.dispose(),
  };
}

/** The plain JavaScript loop on this thread. */
export function loopContestant(surface: string, starts: Float64Array): Contestant {
  const state = loopState(starts);
  const timer = new UpdateTimer();
  let done = 0;
  return {
    id: 'js-1-thread',
    rate: (seconds) =>
      timer.rate(starts.length / 2, seconds, (updates) => {
        LOOPS[surface](state, done + 1, updates);
        done += updates;
      }),
    end: () => undefined,
  };
}

/** The plain JavaScript loop on several threads, one a core where the system lets them be placed. */
export async function threadsContestant(
  program: string,
  surface: string,
  starts: Float64Array,
  threads: number,
): Promise<Contestant> {
  const loops = new LoopThreads(program, threads);
  await pin(await loops.place(surface, starts));
  const timer = new UpdateTimer();
  return {
    id: `js-${threads}-threads`,
    rate: (seconds) => timer.rate(starts.length / 2, seconds, (updates) => loops.advance(updates)),
    end: () => loops.end(),
  };
}

/** What a Python offers, each with its own random starts. */
export function pythonContestants(python: PythonPeers, surface: string, count: number): Contestant[] {
  return python.facts.peers.map((peer) => ({
    id: peer,
    rate: (seconds) => python.rate(peer, surface, count, seconds),
    end: () => undefined,
  }));
}

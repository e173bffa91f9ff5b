import type { Settings, SwarmPlan } from '../../src/compute/contract.ts';
import { UNCONDITIONED } from '../../src/scene/defaults.ts';

/** Settings that condition nothing, but for what is given. */
export function settingsOf(given: Pick<Settings, 'hyper' | 'rate'> & Partial<Settings>): Settings {
  return { ...UNCONDITIONED, ...given };
}

/** A plan that can do what its first settings ask for. */
export function planWith(given: Pick<SwarmPlan, 'landscape' | 'optimizer' | 'settings' | 'starts'> & Partial<SwarmPlan>): SwarmPlan {
  const { clip, noise, ema, recover, stop, bounded } = given.settings;
  return {
    clips: clip !== null,
    noisy: noise !== null,
    guards: ema !== null || recover !== null || stop !== null || bounded,
    averages: ema !== null,
    seed: 0,
    ...given,
  };
}

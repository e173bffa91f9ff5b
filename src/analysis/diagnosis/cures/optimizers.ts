import { type Cure, rounded, settingsOf, widthOf } from './cure.ts';

/** What is remembered of the velocity. */
const MOMENTUM = 0.9;

/** A step of Adam in widths of the domain: at least, and at most. */
const STEP = [0.005, 0.02] as const;

/** A velocity. */
export const momentum: Cure = {
  id: 'momentum',
  propose(patient) {
    const { scene, lane, findings } = patient;
    const { optimizer } = scene.lanes[lane];
    const { hyper, noise } = settingsOf(patient);
    const because =
      'A velocity gathers along a valley and over flat ground, averages the swings across it out, and bears nearly twice the learning rate.';
    if (noise && (findings.motion?.noise ?? 0) > 0.5) {
      // A velocity of the same learning rate would be shaken ten times as far.
      return null;
    }
    if ('momentum' in hyper && hyper.momentum < MOMENTUM) {
      return {
        name: `momentum ${MOMENTUM}`,
        change: [{ kind: 'hyper', lane, key: 'momentum', value: MOMENTUM }],
        because,
      };
    }
    return optimizer === 'gd'
      ? {
          name: `momentum ${MOMENTUM}`,
          change: [{ kind: 'optimizer', lane, optimizer: 'momentum', hyper: { ...hyper, momentum: MOMENTUM } }],
          because,
        }
      : null;
  },
};

/** Adam, with steps that suit the domain and the budget. */
export const adaptive: Cure = {
  id: 'adaptive',
  propose(patient) {
    const { scene, lane } = patient;
    if (scene.lanes[lane].optimizer === 'adam') {
      return null;
    }
    const lr = rounded(widthOf(patient) * Math.min(STEP[1], Math.max(STEP[0], 1 / Math.max(1, scene.steps))));
    return {
      name: `Adam with learning rate ${lr}`,
      change: [{ kind: 'optimizer', lane, optimizer: 'adam', hyper: { lr } }],
      because: 'Adam measures gradients in units of their own size: its steps are as long on flat ground as on steep.',
    };
  },
};

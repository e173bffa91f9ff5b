import type { Schedule } from '../schedule.ts';

/** The same rate throughout. */
export const constant: Schedule = {
  id: 'constant',
  name: 'Constant',
  keys: [],
  rate: (base) => base,
  help: 'The same rate throughout.',
  source: 'torch.optim.lr_scheduler.ConstantLR with factor 1.',
};

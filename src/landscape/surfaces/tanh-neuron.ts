import type { Surface } from '../surface.ts';

export const tanhNeuron: Surface = {
  id: 'tanh-neuron',
  name: 'Two-weight tanh network',
  group: 'saddles',
  formula: 'sum(i,1,5,(y*tanh(x*A[i]) - T[i])^2)/5',
  parameters: [],
  tables: {
    A: [-1.5, -0.5, 0.5, 1, 2],
    T: [-0.8, -0.4, 0.3, 0.7, 0.9],
  },
  domain: [-4, 4, -4, 4],
  starts: [
    [0.1, 0.05],
    [-3, 2],
    [3.5, 3],
  ],
  minima: [
    { x: -0.8029078777125742, y: -0.9776850182884057, value: 0.001744101306627875 },
    { x: 0.8029078777125742, y: 0.9776850182884057, value: 0.001744101306627875 },
  ],
  criticalPoints: [],
  unboundedBelow: false,
  heightScale: 'linear',
  smooth: true,
  source: 'made for Thalweg: output weight y, hidden weight x, 5 samples',
  teaches:
    'Flipping the sign of both weights gives the same network: two equal minima, a saddle between them and flat arms where tanh saturates.',
};

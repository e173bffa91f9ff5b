/**
 * The lane palette of Okabe and Ito, told apart with every common colour vision. Their black is a neutral grey here,
 * which shows on the dark page as on paper. A lane's `colour` is an index into it.
 * Source: M. Okabe and K. Ito, "Color Universal Design", 2008.
 */
export const LANE_COLOURS = [
  { name: 'sky blue', hex: '#56B4E9' },
  { name: 'orange', hex: '#E69F00' },
  { name: 'purple', hex: '#CC79A7' },
  { name: 'vermilion', hex: '#D55E00' },
  { name: 'green', hex: '#009E73' },
  { name: 'yellow', hex: '#F0E442' },
  { name: 'blue', hex: '#0072B2' },
  { name: 'grey', hex: '#999999' },
] as const;

/** A lane's second sign, by the same index: colour is never the only one. */
export const LANE_SHAPES = ['disc', 'square', 'triangle', 'diamond', 'cross', 'star', 'hexagon', 'ring'] as const;

export type LaneShape = (typeof LANE_SHAPES)[number];

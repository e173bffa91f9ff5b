/**
 * What both devices' guards count by; shaders/lib/guard.wgsl has the same numbers.
 *
 * A loss is a spike when it lies above the best so far by more than a factor times what has been gained since the start,
 * where a gain below GAIN_FLOOR of the loss counts as that much.
 */
export const GAIN_FLOOR = 2 ** -10;

/** A loss that is lower than the best by this share of it counts as progress, as torch's ReduceLROnPlateau has it. */
export const IMPROVEMENT = 1e-4;

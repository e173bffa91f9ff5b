import { uniform } from 'three/tsl';
import { Vector3 } from 'three/webgpu';

/** A number that no particle has. */
export const NONE = 0xffffffff;

/** What the shaders of a lane know of it. */
export function createLaneStyle() {
  return {
    colour: uniform(new Vector3(1, 1, 1)),
    /** Below 1 it stands back behind the others. */
    opacity: uniform(1),
    /** Number in LANE_SHAPES. */
    shape: uniform(0, 'uint'),
    /** Rim of discs and casing of trails, and the casing's strength. */
    casing: uniform(new Vector3()),
    casingStrength: uniform(0.35),
    /** Radii in CSS pixels: of every particle, of tracers, of tracers that have arrived. */
    dot: uniform(0.9),
    tracer: uniform(3.2),
    arrived: uniform(1.9),
    /** Tracers that follow particles of the start; the rest follow added ones. */
    chosen: uniform(0, 'uint'),
    tracers: uniform(0, 'uint'),
    /** Ring columns from one chosen tracer to the next, and particles from one column to the next. */
    columnStep: uniform(1, 'uint'),
    stride: uniform(1, 'uint'),
    /** First column, and first particle, of the added ones. */
    firstColumn: uniform(0, 'uint'),
    firstAdded: uniform(0, 'uint'),
    /** The ring: cells a row, rows, newest row, rows that hold one. */
    columns: uniform(1, 'uint'),
    slots: uniform(1, 'uint'),
    head: uniform(0, 'uint'),
    filled: uniform(0, 'uint'),
    /** Samples of the past drawn, and tracers that the trails' mesh has room for. */
    length: uniform(0, 'uint'),
    room: uniform(0, 'uint'),
    /** The followed particle, and the tracer that stands for it; both beyond all others when there is none. */
    followed: uniform(NONE, 'uint'),
    last: uniform(NONE, 'uint'),
  };
}

export type LaneStyle = ReturnType<typeof createLaneStyle>;

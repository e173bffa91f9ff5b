import type { Overlay } from './scene.ts';

/** Every overlay, in the order in which it is offered. */
export const OVERLAYS = ['equation', 'lanes', 'legend', 'chart', 'step', 'mark'] as const satisfies readonly Overlay[];

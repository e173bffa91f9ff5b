/** Clipping by the norm of the whole gradient, or of each entry by value; or every gradient brought to one length. */
export type ClipKind = 'norm' | 'value' | 'normalize';

/** Added to the norm before the division, as torch.nn.utils.clip_grad_norm_ does. */
const NORM_MARGIN = 1e-6;

/**
 * Clips a gradient in place, in float64.
 *
 * norm: g ← g · min(1, limit/(‖g‖₂ + 1e-6)), over all entries together; value: each entry into [-limit, limit];
 * normalize: g ← g · limit/(‖g‖₂ + 1e-6), however short it was.
 * The norm is formed without overflow; NaN stays NaN.
 * Source: torch.nn.utils.clip_grad_norm_ and clip_grad_value_.
 */
export function clipGradient(g: Float64Array, kind: ClipKind, limit: number): void {
  if (kind === 'value') {
    for (let i = 0; i < g.length; i += 1) {
      g[i] = Math.min(limit, Math.max(-limit, g[i]));
    }
    return;
  }
  const most = kind === 'norm' ? 1 : Number.POSITIVE_INFINITY;
  const factor = Math.min(most, limit / (norm(g) + NORM_MARGIN));
  for (let i = 0; i < g.length; i += 1) {
    g[i] *= factor;
  }
}

function norm(g: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < g.length; i += 1) {
    largest = Math.max(largest, Math.abs(g[i]));
  }
  if (largest === 0) {
    return 0;
  }
  let sum = 0;
  for (let i = 0; i < g.length; i += 1) {
    const share = g[i] / largest;
    sum += share * share;
  }
  return largest * Math.sqrt(sum);
}

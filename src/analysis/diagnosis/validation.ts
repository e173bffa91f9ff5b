import { median } from '../../math/robust.ts';

/** A validation curve beside a training curve. */
export interface Validation {
  /** The step of its least loss, smoothed over neighbours, and that loss. */
  readonly bestStep: number;
  readonly best: number;
  /** Its median at the end. */
  readonly end: number;
  /** How far it has risen since its best, in units of how far it fell before. */
  readonly rise: number;
  /** How far the training loss fell since then, as a share of its level then. */
  readonly trainingFall: number;
  /** Median size of the scatter about its own moving median, in units of the same fall. */
  readonly scatter: number;
}

/** Neighbours on each side that a loss is smoothed with, as a share of the curve. */
const SMOOTHING = 0.03;

function smoothed(losses: readonly number[]): number[] {
  const reach = Math.max(1, Math.round(SMOOTHING * losses.length));
  return losses.map((_, k) => median(losses.slice(Math.max(0, k - reach), k + reach + 1)));
}

/**
 * @param losses on data that was held back, at the same steps as the training losses; NaN where it was not looked at
 */
export function validationOf(
  steps: readonly number[],
  training: readonly number[],
  losses: readonly number[],
): Validation | null {
  const seen = losses.flatMap((loss, k) => (Number.isFinite(loss) && Number.isFinite(training[k]) ? [k] : []));
  if (seen.length < 5) {
    return null;
  }
  const values = seen.map((k) => losses[k]);
  const smooth = smoothed(values);
  const trained = smoothed(seen.map((k) => training[k]));
  const at = smooth.indexOf(Math.min(...smooth));
  const last = smooth.length - 1;
  const fall = Math.max(...smooth.slice(0, at + 1)) - smooth[at];
  const unit = fall > 0 ? fall : Math.abs(smooth[at]) || 1;
  return {
    bestStep: steps[seen[at]],
    best: smooth[at],
    end: smooth[last],
    rise: (smooth[last] - smooth[at]) / unit,
    trainingFall: (trained[at] - trained[last]) / (Math.abs(trained[at]) || 1),
    scatter: median(values.map((value, k) => Math.abs(value - smooth[k]))) / unit,
  };
}

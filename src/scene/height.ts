import type { Domain } from '../landscape/surface.ts';
import { formulaOf } from './compiled.ts';
import type { SurfaceChoice } from './scene.ts';

/** A range of values beyond this is drawn in log, as for the built-in surfaces. */
const WIDE = 1e3;

/** Places a side at which a formula is looked at. */
const SAMPLES = 33;

type TypedFormula = Extract<SurfaceChoice, { formula: string }>;

interface Scale {
  readonly domain: Domain;
  readonly scale: 'linear' | 'log';
}

/** The last answer for each formula: asked again with every change of anything else in the scene. */
const answers = new WeakMap<SurfaceChoice, Scale>();

/** What suits a typed formula on a domain: log where its finite values span more than 1e3. The formula is a valid one. */
export function heightScaleOf(surface: TypedFormula, domain: Domain): 'linear' | 'log' {
  const before = answers.get(surface);
  if (before?.domain.every((end, i) => end === domain[i])) {
    return before.scale;
  }
  const scale = rangeOf(surface, domain) > WIDE ? 'log' : 'linear';
  answers.set(surface, { domain, scale });
  return scale;
}

function rangeOf(surface: TypedFormula, [xmin, xmax, ymin, ymax]: Domain): number {
  const formula = formulaOf(surface);
  const values = formula.parameters.map((key) => surface.params[key]);
  let low = Infinity;
  let high = -Infinity;
  for (let j = 0; j < SAMPLES; j += 1) {
    for (let i = 0; i < SAMPLES; i += 1) {
      const x = xmin + (i / (SAMPLES - 1)) * (xmax - xmin);
      const y = ymin + (j / (SAMPLES - 1)) * (ymax - ymin);
      const value = formula.value(x, y, values);
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return high - low;
}

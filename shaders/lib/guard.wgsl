// What guards a run, as src/compute/reference/guard.ts does it in float64: steps end at the domain's edge; a spike of the loss takes
// a particle back to its last good place, with half the step; it stops where the slope is small or the loss no longer falls;
// and an average of its places is kept.

// src/compute/guard.ts
const GAIN_FLOOR = 0x1p-10;
const IMPROVEMENT = 1e-4;

struct Memory {
  average: vec2f,
  // The place of the least loss, that loss, and the loss at the start.
  good: vec2f,
  merit: vec2f,
  // The share of each step that is taken, and the least loss by which progress is judged.
  trial: vec2f,
  // Updates without progress.
  since: vec2f,
  // The optimizer's state at the good place.
  keptX: State,
  keptY: State,
}

fn guardedStep(
  m: ptr<function, Memory>, place: vec2f, sx: ptr<function, State>, sy: ptr<function, State>,
  hyper: Hyper, step: Step, c: Conditions, rules: Rules, first: bool,
) -> vec2f {
  if (first) {
    let loss = surfaceValue(place);
    *m = Memory(place, place, vec2f(loss), vec2f(1, loss), vec2f(0), *sx, *sy);
  }
  if (length(surfaceGradient(place)) < rules.slope || (*m).since.x >= rules.patience) {
    return place;
  }
  var next = stepped(place, sx, sy, hyper, step, c);
  let share = (*m).trial.x;
  next = select(place + share * (next - place), next, share == 1);
  // By comparisons: clamp() may turn a NaN into an edge.
  next = select(next, rules.bounds.xy, next < rules.bounds.xy);
  next = select(next, rules.bounds.zw, next > rules.bounds.zw);
  let loss = surfaceValue(next);
  let good = (*m).merit.x;
  let gain = max((*m).merit.y - good, GAIN_FLOOR * abs(good));
  // A loss that falls out of the number range is no spike.
  let falls = loss < 0 && !isNotANumber(loss);
  let beyond = (outOfRange(loss) && !falls) || leavesRange(next) || isNotFinite(divisor(*sx)) || isNotFinite(divisor(*sy));
  if (rules.recover >= 0 && (beyond || loss - good > rules.recover * gain)) {
    next = (*m).good;
    *sx = (*m).keptX;
    *sy = (*m).keptY;
    (*m).trial.x *= 0.5;
  } else if (loss <= good && !beyond) {
    (*m).good = next;
    (*m).merit.x = loss;
    (*m).keptX = *sx;
    (*m).keptY = *sy;
  }
  (*m).average = rules.decay * (*m).average + rules.rest * next;
  let best = (*m).trial.y;
  let improved = loss < best - IMPROVEMENT * abs(best) && !beyond;
  (*m).trial.y = select(best, loss, improved);
  (*m).since.x = select((*m).since.x + 1, 0.0, improved);
  return next;
}

// ADOPT. `limit` is 0 at the first update, so that it only measures; `intake` is 1 then, 1 - beta2 later.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let normed = g / max(sqrt((*state).v), hyper.eps);
  // By comparisons rather than clamp(), which may turn a NaN into a limit.
  let below = select(normed, step.limit, normed > step.limit);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * select(below, -step.limit, normed < -step.limit);
  let v = hyper.beta2 * (*state).v + step.intake * g * g;
  (*state).m = m;
  (*state).v = v;
  return w - step.rate * m;
}

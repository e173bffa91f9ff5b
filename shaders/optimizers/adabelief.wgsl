// AdaBelief with decoupled weight decay. The new average's distance from the gradient is beta1 times the old one's,
// which loses no digits where both are close. `size`, `floor` and `decay` as in AdamW.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let surprise = hyper.beta1 * (g - (*state).m);
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * g;
  let s = hyper.beta2 * (*state).s + (hyper.oneMinusBeta2 * surprise * surprise + hyper.eps);
  (*state).m = m;
  (*state).s = s;
  let decayed = w - step.decay * w;
  return decayed - step.size * (m / (sqrt(s) + step.floor));
}

// AdEMAMix with decoupled weight decay. `ofMean` and `ofRoot` are the bias corrections of m and of v's root, inverted.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * g;
  let s = hyper.beta3 * (*state).s + hyper.oneMinusBeta3 * g;
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * g * g;
  (*state).m = m;
  (*state).s = s;
  (*state).v = v;
  let pull = (step.ofMean * m + hyper.alpha * s) / (step.ofRoot * sqrt(v) + hyper.eps);
  return w - step.rate * decayed(pull, w, hyper.weightDecay);
}

// Adam whose weight decay bypasses the averages: `decay` is lr * weightDecay. `size` and `floor` hold the bias
// corrections: lr m^/(sqrt(v^) + eps) is size m/(sqrt(v) + floor).
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let m = hyper.beta1 * (*state).m + hyper.oneMinusBeta1 * g;
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * g * g;
  (*state).m = m;
  (*state).v = v;
  let decayed = w - step.decay * w;
  return decayed - step.size * (m / (sqrt(v) + step.floor));
}

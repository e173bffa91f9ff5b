// Yogi: v moves by a share of g^2, up or down. `start` is what both averages begin with at the first update, 0 later;
// `size` and `floor` hold the bias corrections, as in Adam.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let old = (*state).v + step.start;
  let m = hyper.beta1 * ((*state).m + step.start) + hyper.oneMinusBeta1 * g;
  let part = hyper.oneMinusBeta2 * g * g;
  let v = old - sign(old - g * g) * part;
  (*state).m = m;
  (*state).v = v;
  return w - step.size * (m / (sqrt(v) + step.floor));
}

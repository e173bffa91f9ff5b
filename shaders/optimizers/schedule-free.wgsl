// Schedule-Free AdamW: d is how far z is ahead of w. `ofRoot` is the bias correction of v's root, inverted; `share` is
// 1/t, what a new z has in the average x. The new w and d, written without the difference of both.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let v = hyper.beta2 * (*state).v + hyper.oneMinusBeta2 * g * g;
  let u = step.rate * decayed(g / (step.ofRoot * sqrt(v) + hyper.eps), w, hyper.weightDecay);
  let ahead = (*state).d - hyper.beta1 * u;
  (*state).d = ahead - step.share * ahead;
  (*state).v = v;
  return w + (step.share * ahead - hyper.oneMinusBeta1 * u);
}

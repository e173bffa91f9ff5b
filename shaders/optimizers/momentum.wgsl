// Heavy ball with L2 weight decay. `intake` is 1 at the first update and without momentum, 1 - dampening else; the
// velocity starts at 0, so that the first update makes it the gradient.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let b = hyper.momentum * (*state).b + step.intake * decayed(g, w, hyper.weightDecay);
  (*state).b = b;
  return w - step.rate * b;
}

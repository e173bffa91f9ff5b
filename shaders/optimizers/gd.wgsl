// Gradient descent with L2 weight decay.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  return w - step.rate * decayed(g, w, hyper.weightDecay);
}

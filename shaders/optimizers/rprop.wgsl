// Rprop: only signs, so that no product of gradients can underflow. `start` is the learning rate at the first update, 0
// later: the length s starts at 0.
fn update(w: f32, g: f32, state: ptr<function, State>, hyper: Hyper, step: Step) -> f32 {
  let turn = sign(g) * sign((*state).p);
  let factor = select(select(1.0, hyper.etaPlus, turn > 0), hyper.etaMinus, turn < 0);
  let s = min(max(((*state).s + step.start) * factor, hyper.stepMin), hyper.stepMax);
  let kept = select(g, 0.0, turn < 0);
  (*state).s = s;
  (*state).p = kept;
  // The sign of what is not a number may be anything, so that is looked for by its bits.
  return select(w - sign(kept) * s, g, (bitcast<u32>(g) & 0x7fffffffu) > 0x7f800000u);
}

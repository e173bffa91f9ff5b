// One update of an optimizer on given parameters, gradients and states: what `verify` holds to the float64 reference.
// Slot: the optimizer (update and divisor, with State, Hyper, Step, and the packing of a particle's state, which is used here
// for two unrelated parameters at a time).

struct Params {
  // Pairs of parameters.
  room: u32,
  row: vec4f,
  hyper: Hyper,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> gradients: array<vec2f>;
@group(0) @binding(2) var<storage, read_write> weights: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> state: array<vec2f>;

// As descend.wgsl has it: a divisor beyond float32 takes the parameter out of the number range.
fn updated(w: f32, g: f32, state: ptr<function, State>, step: Step) -> f32 {
  let next = update(w, g, state, params.hyper, step);
  let size = divisor(*state);
  return select(next, size, isNotFinite(size));
}

@compute @workgroup_size(WORKGROUP)
fn updateOnce(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.room) {
    return;
  }
  let loaded = loadState(id.x);
  var x = loaded.x;
  var y = loaded.y;
  let step = stepOf(params.row);
  let w = weights[id.x];
  let g = gradients[id.x];
  weights[id.x] = vec2f(updated(w.x, g.x, &x, step), updated(w.y, g.y, &y, step));
  storeState(id.x, Both(x, y));
}

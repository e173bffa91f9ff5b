// One update of an optimizer on given parameters, gradients and states: what `verify` holds to the float64 reference.
// Slot: the optimizer (update, with State, Hyper, Step, and the packing of pairs, which is used here for four unrelated
// parameters at a time).

struct Params {
  // Groups of four parameters.
  pairs: u32,
  row: vec4f,
  hyper: Hyper,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> gradients: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> weights: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> state: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn updateOnce(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.pairs) {
    return;
  }
  let loaded = loadState(id.x);
  var a = loaded.px;
  var b = loaded.py;
  var c = loaded.qx;
  var d = loaded.qy;
  let step = stepOf(params.row);
  let w = weights[id.x];
  let g = gradients[id.x];
  weights[id.x] = vec4f(
    update(w.x, g.x, &a, params.hyper, step),
    update(w.y, g.y, &b, params.hyper, step),
    update(w.z, g.z, &c, params.hyper, step),
    update(w.w, g.w, &d, params.hyper, step));
  storeState(id.x, PairState(a, b, c, d));
}

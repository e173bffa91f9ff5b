// The surface at given points: f, df/dx, df/dy. The terrain, the losses of particles, and checks are made with it.
// `curve` gives the second derivatives there: fxx, fxy, fyy.
// Slot: the surface (surfaceValueGradient, surfaceHessian).

struct Params {
  count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
@group(0) @binding(2) var<storage, read> points: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn evaluate(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count) {
    return;
  }
  surfaceParameters = surfaceUniform;
  results[id.x] = vec4f(surfaceValueGradient(points[id.x]), 0);
}

@compute @workgroup_size(WORKGROUP)
fn curve(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count) {
    return;
  }
  surfaceParameters = surfaceUniform;
  results[id.x] = vec4f(surfaceHessian(points[id.x]), 0);
}

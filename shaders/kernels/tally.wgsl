// A swarm in a few numbers: of each particle's loss a key, for select.wgsl to find order statistics among, and counts of where the
// particles are. Nothing but the result is read back.
// Slot: the surface (surfaceValueGradient).

struct Params {
  count: u32,
  minima: u32,
  // Square of the distance to a known minimum within which a particle has arrived.
  arrival: f32,
  // Where in `state` the variable begins that counts in x how many gradients a search asked for; NONE where none does.
  asked: u32,
  domain: vec4f,
  // Known minima, two an element.
  minimum: array<vec4f, MAX_MINIMA_PAIRS>,
}

struct Sums {
  converged: atomic<u32>,
  diverged: atomic<u32>,
  outside: atomic<u32>,
  // Gradients that searches asked for: the lower and the upper word of their sum.
  asked: atomic<u32>,
  askedUpper: atomic<u32>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
@group(0) @binding(2) var<storage, read> positions: array<vec2f>;
@group(0) @binding(3) var<storage, read> starts: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> keys: array<u32>;
@group(0) @binding(5) var<storage, read_write> sums: Sums;
// Two particles an element: x0, y0, x1, y1.
@group(0) @binding(6) var<storage, read> state: array<vec4f>;

const NONE = 0xffffffffu;

fn arrived(p: vec2f) -> bool {
  for (var k = 0u; k < params.minima; k++) {
    let pair = params.minimum[k / 2u];
    let d = p - select(pair.xy, pair.zw, k % 2u == 1u);
    if (dot(d, d) < params.arrival) {
      return true;
    }
  }
  return false;
}

@compute @workgroup_size(WORKGROUP)
fn tally(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  surfaceParameters = surfaceUniform;
  var converged = 0u;
  var diverged = 0u;
  var outside = 0u;
  var asked = 0u;
  for (var i = id.x; i < params.count; i += groups.x * WORKGROUP) {
    let p = positions[i];
    let here = surfaceValueGradient(p);
    let gone = leavesRange(p) || outOfRange(here.x);
    let slopeAtStart = length(surfaceValueGradient(starts[i]).yz);
    let rests = !gone && (length(here.yz) < 1e-5 * (1 + slopeAtStart) || arrived(p));
    let out = !gone && !rests && (any(p < params.domain.xz) || any(p > params.domain.yw));
    diverged += u32(gone);
    converged += u32(rests);
    outside += u32(out);
    if (params.asked != NONE) {
      let pair = state[params.asked + i / 2u];
      asked += u32(select(pair.x, pair.z, i % 2u == 1u));
    }
    keys[i] = select(keyOf(here.x), WORST_KEY, gone);
  }
  atomicAdd(&sums.converged, converged);
  atomicAdd(&sums.diverged, diverged);
  atomicAdd(&sums.outside, outside);
  let before = atomicAdd(&sums.asked, asked);
  if (before + asked < before) {
    atomicAdd(&sums.askedUpper, 1u);
  }
}

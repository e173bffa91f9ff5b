// A swarm in a few numbers: order statistics of the loss, exactly, and counts. Nothing but the result is read back.
//
// `measure` turns each loss into a key whose order as an unsigned integer is the order of the losses, and counts.
// Then, for the four ranks at once, the key of that rank is found digit by digit (radix selection, 8 bits a pass):
// `histogram` counts the next digit among the keys that match what is known so far, `choose` settles that digit.
// Slot: the surface (surfaceValueGradient).

struct Params {
  count: u32,
  minima: u32,
  // Square of the distance to a known minimum within which a particle has arrived.
  arrival: f32,
  unused: u32,
  domain: vec4f,
  ranks: vec4u,
  // Known minima, two an element.
  minimum: array<vec4f, MAX_MINIMA_PAIRS>,
}

struct Tally {
  // Keys of the four ranks, as far as they are known.
  keys: array<u32, 4>,
  // What is left of each rank among the keys that match.
  ranks: array<u32, 4>,
  converged: atomic<u32>,
  diverged: atomic<u32>,
  outside: atomic<u32>,
  pass: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, 4>;
@group(0) @binding(2) var<storage, read> positions: array<vec2f>;
@group(0) @binding(3) var<storage, read> starts: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> keys: array<u32>;
@group(0) @binding(5) var<storage, read_write> counts: array<atomic<u32>, 1024>;
@group(0) @binding(6) var<storage, read_write> result: Tally;

// The key of +infinity: diverged particles come last, as the worst loss of all.
const WORST_KEY = 0xff800000u;

// Monotone: a < b as floats when and only when the keys are so as integers. Source: Herf, "Radix tricks" (2001).
fn keyOf(loss: f32) -> u32 {
  let bits = bitcast<u32>(loss);
  return select(bits ^ 0x80000000u, ~bits, (bits >> 31u) == 1u);
}

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
fn measure(@builtin(global_invocation_id) id: vec3u) {
  if (id.x == 0u) {
    result.ranks = array(params.ranks.x, params.ranks.y, params.ranks.z, params.ranks.w);
  }
  if (id.x >= params.count) {
    return;
  }
  surfaceParameters = surfaceUniform;
  let p = positions[id.x];
  let here = surfaceValueGradient(p);
  if (leavesRange(p) || outOfRange(here.x)) {
    keys[id.x] = WORST_KEY;
    atomicAdd(&result.diverged, 1u);
    return;
  }
  keys[id.x] = keyOf(here.x);
  let slopeAtStart = length(surfaceValueGradient(starts[id.x]).yz);
  if (length(here.yz) < 1e-5 * (1 + slopeAtStart) || arrived(p)) {
    atomicAdd(&result.converged, 1u);
  } else if (any(p < params.domain.xz) || any(p > params.domain.yw)) {
    atomicAdd(&result.outside, 1u);
  }
}

var<workgroup> local: array<atomic<u32>, 1024>;

@compute @workgroup_size(256)
fn histogram(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32,
) {
  let shift = 24u - 8u * result.pass;
  for (var i = group.x * 256u + thread; i < params.count; i += groups.x * 256u) {
    let key = keys[i];
    for (var q = 0u; q < 4u; q++) {
      // In two shifts, since by 32 at once is not defined.
      if (((key ^ result.keys[q]) >> shift) >> 8u == 0u) {
        atomicAdd(&local[q * 256u + ((key >> shift) & 0xffu)], 1u);
      }
    }
  }
  workgroupBarrier();
  for (var q = 0u; q < 4u; q++) {
    let mine = atomicLoad(&local[q * 256u + thread]);
    if (mine > 0u) {
      atomicAdd(&counts[q * 256u + thread], mine);
    }
  }
}

@compute @workgroup_size(4)
fn choose(@builtin(local_invocation_index) q: u32) {
  let shift = 24u - 8u * result.pass;
  var rank = result.ranks[q];
  var digit = 0u;
  loop {
    let here = atomicLoad(&counts[q * 256u + digit]);
    if (rank < here || digit == 255u) {
      break;
    }
    rank -= here;
    digit += 1u;
  }
  result.keys[q] |= digit << shift;
  result.ranks[q] = rank;
  for (var k = 0u; k < 256u; k++) {
    atomicStore(&counts[q * 256u + k], 0u);
  }
  workgroupBarrier();
  storageBarrier();
  if (q == 0u) {
    result.pass += 1u;
  }
}

// A swarm in a few numbers: order statistics of the loss, exactly, and counts. Nothing but the result is read back.
//
// `measure` turns each loss into a key whose order as an unsigned integer is the order of the losses, and counts: where
// the particles are, and the first digit of the keys. Then, for the four ranks at once, the key of that rank is found
// digit by digit (radix selection, 8 bits a pass): `choose` settles a digit, `histogram` counts the next one among the keys
// that match what is known so far.
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
  // Which digit is to be settled next, the most significant first.
  digit: u32,
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

// Counted by a workgroup among itself first: atomics on shared memory are dear.
var<workgroup> groupCounts: array<atomic<u32>, 1024>;

// Adds the workgroup's counts of 256 digits, row by row, to those of all.
fn addCounts(thread: u32, rows: u32) {
  workgroupBarrier();
  for (var row = 0u; row < rows; row++) {
    let mine = atomicLoad(&groupCounts[row * 256u + thread]);
    if (mine > 0u) {
      atomicAdd(&counts[row * 256u + thread], mine);
    }
  }
}

@compute @workgroup_size(256)
fn measure(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32,
) {
  surfaceParameters = surfaceUniform;
  if (group.x == 0u && thread < 4u) {
    result.ranks[thread] = params.ranks[thread];
  }
  var converged = 0u;
  var diverged = 0u;
  var outside = 0u;
  for (var i = group.x * 256u + thread; i < params.count; i += groups.x * 256u) {
    let p = positions[i];
    let here = surfaceValueGradient(p);
    let gone = leavesRange(p) || outOfRange(here.x);
    let slopeAtStart = length(surfaceValueGradient(starts[i]).yz);
    let rests = !gone && (length(here.yz) < 1e-5 * (1 + slopeAtStart) || arrived(p));
    let out = !gone && !rests && (any(p < params.domain.xz) || any(p > params.domain.yw));
    diverged += u32(gone);
    converged += u32(rests);
    outside += u32(out);
    let key = select(keyOf(here.x), WORST_KEY, gone);
    keys[i] = key;
    atomicAdd(&groupCounts[key >> 24u], 1u);
  }
  atomicAdd(&groupCounts[256u], converged);
  atomicAdd(&groupCounts[257u], diverged);
  atomicAdd(&groupCounts[258u], outside);
  addCounts(thread, 1u);
  if (thread == 0u) {
    atomicAdd(&result.converged, atomicLoad(&groupCounts[256u]));
    atomicAdd(&result.diverged, atomicLoad(&groupCounts[257u]));
    atomicAdd(&result.outside, atomicLoad(&groupCounts[258u]));
  }
}

@compute @workgroup_size(256)
fn histogram(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32,
) {
  let shift = 24u - 8u * result.digit;
  for (var i = group.x * 256u + thread; i < params.count; i += groups.x * 256u) {
    let key = keys[i];
    for (var q = 0u; q < 4u; q++) {
      // In two shifts, since by 32 at once is not defined.
      if (((key ^ result.keys[q]) >> shift) >> 8u == 0u) {
        atomicAdd(&groupCounts[q * 256u + ((key >> shift) & 0xffu)], 1u);
      }
    }
  }
  addCounts(thread, 4u);
}

@compute @workgroup_size(4)
fn choose(@builtin(local_invocation_index) q: u32) {
  let shift = 24u - 8u * result.digit;
  // The first digit was counted once for all.
  let row = select(q, 0u, result.digit == 0u) * 256u;
  var rank = result.ranks[q];
  var digit = 0u;
  loop {
    let here = atomicLoad(&counts[row + digit]);
    if (rank < here || digit == 255u) {
      break;
    }
    rank -= here;
    digit += 1u;
  }
  result.keys[q] |= digit << shift;
  result.ranks[q] = rank;
  storageBarrier();
  for (var k = 0u; k < 256u; k++) {
    atomicStore(&counts[q * 256u + k], 0u);
  }
  if (q == 0u) {
    result.digit += 1u;
  }
}

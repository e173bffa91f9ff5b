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
  // Where in `state` the variable begins that counts in x how many gradients a search asked for; NONE where none does.
  asked: u32,
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
  // Gradients that searches asked for: the lower and the upper word of their sum.
  asked: atomic<u32>,
  askedUpper: atomic<u32>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
@group(0) @binding(2) var<storage, read> positions: array<vec2f>;
@group(0) @binding(3) var<storage, read> starts: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> keys: array<u32>;
@group(0) @binding(5) var<storage, read_write> counts: array<atomic<u32>, 1024>;
@group(0) @binding(6) var<storage, read_write> result: Tally;
// Two particles an element: x0, y0, x1, y1.
@group(0) @binding(7) var<storage, read> state: array<vec4f>;

const NONE = 0xffffffffu;

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
fn measure(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  surfaceParameters = surfaceUniform;
  if (id.x < 4u) {
    result.ranks[id.x] = params.ranks[id.x];
  }
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
    let key = select(keyOf(here.x), WORST_KEY, gone);
    keys[i] = key;
    atomicAdd(&counts[key >> 24u], 1u);
  }
  atomicAdd(&result.converged, converged);
  atomicAdd(&result.diverged, diverged);
  atomicAdd(&result.outside, outside);
  let before = atomicAdd(&result.asked, asked);
  if (before + asked < before) {
    atomicAdd(&result.askedUpper, 1u);
  }
}

@compute @workgroup_size(WORKGROUP)
fn histogram(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let shift = 24u - 8u * result.digit;
  for (var i = id.x; i < params.count; i += groups.x * WORKGROUP) {
    let key = keys[i];
    for (var q = 0u; q < 4u; q++) {
      // In two shifts, since by 32 at once is not defined.
      if (((key ^ result.keys[q]) >> shift) >> 8u == 0u) {
        atomicAdd(&counts[q * 256u + ((key >> shift) & 0xffu)], 1u);
      }
    }
  }
}

// One thread: it is a thousand counts, and without barriers the kernel compiles quickly everywhere.
@compute @workgroup_size(1)
fn choose() {
  let shift = 24u - 8u * result.digit;
  for (var q = 0u; q < 4u; q++) {
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
  }
  for (var k = 0u; k < 1024u; k++) {
    atomicStore(&counts[k], 0u);
  }
  result.digit += 1u;
}

// Advances particles by up to MAX_UPDATES updates, all in registers.
//
// Slots: the surface (surfaceGradient), the optimizer (update, with State, Hyper, Step) and the generated packing of
// its state (StatePair, loadState, storeState, stepOf). A thread owns two neighbouring particles, which hides the
// latency of the chain of divisions and roots in one of them behind the other.
//
// The number of updates is a uniform and each runs through the same instructions, so that a run is the same bit for bit
// however it is split among dispatches. Nothing here tests x == x: a compiler may assume that there are no NaNs, so the
// number range is watched by the bits.

struct Params {
  // Particles [first, end) take part; they have all done the same number of updates.
  first: u32,
  end: u32,
  updates: u32,
  // The run's update number before the first update of this dispatch.
  step: u32,
  // 0: none, 1: by norm, 2: by value.
  clip: u32,
  clipLimit: f32,
  // Particle i (of those that the swarm started with) owns trail column i / trailStride when that is whole.
  trailStride: u32,
  trailColumns: u32,
  // Particles from here on were added; they own the columns from trailAdded on.
  added: u32,
  trailAdded: u32,
  // Particles that the state buffers hold room for, in pairs.
  pairs: u32,
  unused: u32,
  hyper: Hyper,
  // One row an update: the optimizer's Step in xyz; in w the trail row to write after it, or -1.
  rows: array<vec4f, MAX_UPDATES>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceParameters: array<vec4f, 4>;
// Two particles an element: x0, y0, x1, y1.
@group(0) @binding(2) var<storage, read_write> positions: array<vec4f>;
// State variable s of pair p at s * pairs + p.
@group(0) @binding(3) var<storage, read_write> state: array<vec4f>;
// For diverged particles: where each was last drawable, and at which update it went.
@group(0) @binding(4) var<storage, read_write> exits: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> trail: array<vec2f>;

// The sizes of 1e30 and beyond, of infinities and of NaNs, as bits without the sign.
const RANGE_BITS = 0x7149f2cau;

fn leavesRange(p: vec2f) -> bool {
  let bits = bitcast<vec2u>(p) & vec2u(0x7fffffffu);
  return max(bits.x, bits.y) > RANGE_BITS;
}

fn conditioned(gradient: vec2f) -> vec2f {
  if (params.clip == 0u) {
    return gradient;
  }
  if (params.clip == 1u) {
    return clipNorm(gradient, params.clipLimit);
  }
  return clipValue(gradient, params.clipLimit);
}

// Writes a pair's places into a trail row; no row is meant by a negative one.
fn recordTrails(particle: u32, mine: vec2<bool>, row: f32, p: vec2f, q: vec2f) {
  if (row < 0) {
    return;
  }
  let start = u32(row) * params.trailColumns;
  if (mine.x) {
    recordTrail(start, particle, p);
  }
  if (mine.y) {
    recordTrail(start, particle + 1u, q);
  }
}

fn recordTrail(start: u32, particle: u32, place: vec2f) {
  if (particle >= params.added) {
    trail[start + params.trailAdded + particle - params.added] = place;
  } else if (particle % params.trailStride == 0u) {
    trail[start + particle / params.trailStride] = place;
  }
}

@compute @workgroup_size(WORKGROUP)
fn descend(@builtin(global_invocation_id) id: vec3u) {
  let pair = params.first / 2u + id.x;
  let particle = pair * 2u;
  if (particle >= params.end) {
    return;
  }
  let mine = vec2<bool>(particle >= params.first, particle + 1u < params.end);
  let start = positions[pair];
  var p = start.xy;
  var q = start.zw;
  // Particles that have left rest where they went; so does a neighbour that is not of this dispatch.
  var restsP = leavesRange(p) || !mine.x;
  var restsQ = leavesRange(q) || !mine.y;
  if (restsP && restsQ) {
    for (var k = 0u; k < params.updates; k++) {
      recordTrails(particle, mine, params.rows[k].w, exits[particle].xy, exits[particle + 1u].xy);
    }
    return;
  }
  let old = loadState(pair);
  var px = old.px;
  var py = old.py;
  var qx = old.qx;
  var qy = old.qy;
  for (var k = 0u; k < params.updates; k++) {
    let row = params.rows[k];
    let step = stepOf(row);
    let gp = conditioned(surfaceGradient(p));
    let gq = conditioned(surfaceGradient(q));
    let nextP = vec2f(update(p.x, gp.x, &px, params.hyper, step), update(p.y, gp.y, &py, params.hyper, step));
    let nextQ = vec2f(update(q.x, gq.x, &qx, params.hyper, step), update(q.y, gq.y, &qy, params.hyper, step));
    let outP = leavesRange(nextP) && !restsP;
    let outQ = leavesRange(nextQ) && !restsQ;
    if (outP) {
      exits[particle] = vec4f(p, f32(params.step + k + 1u), 0);
    }
    if (outQ) {
      exits[particle + 1u] = vec4f(q, f32(params.step + k + 1u), 0);
    }
    p = select(nextP, p, restsP);
    q = select(nextQ, q, restsQ);
    restsP = restsP || outP;
    restsQ = restsQ || outQ;
    if (row.w >= 0) {
      recordTrails(
        particle, mine, row.w, select(p, exits[particle].xy, restsP), select(q, exits[particle + 1u].xy, restsQ));
    }
  }
  if (mine.x && mine.y) {
    positions[pair] = vec4f(p, q);
    storeState(pair, StatePair(px, py, qx, qy));
  } else if (mine.x) {
    // The neighbour belongs to another dispatch: its half stays as it was.
    positions[pair] = vec4f(p, start.zw);
    storeState(pair, StatePair(px, py, old.qx, old.qy));
  } else {
    positions[pair] = vec4f(start.xy, q);
    storeState(pair, StatePair(old.px, old.py, qx, qy));
  }
}

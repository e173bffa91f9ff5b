// Advances particles by any number of updates up to MAX_UPDATES, all in registers.
//
// Slots: the surface (surfaceGradient, …), the optimizer (update and directed, with State, Hyper, Step), the conditioning of
// gradients (conditioned), what guards a run (guardedStep, with Memory), and the generated packing of state (PairState,
// loadState, storeState, stepOf; PairMemory, loadMemory, storeMemory).
//
// A thread owns four neighbouring particles: that hides the latency of the chain of divisions and roots in one behind the
// others, and shares between them what a turn of the loop costs. On a software GPU a branch costs as much as both of its
// sides, and a scalar read from a uniform as much as a dozen sums: so everything constant is read once, before the loop.
//
// A particle that leaves the number range rests from then on, where it went. To watch for that in each update would cost as
// much as the update; so the updates of a dispatch are first done in one go, and only the furthest place on the way is kept.
// Where that is too far, they are done again one by one, each saved before the next, as if each were a dispatch.
//
// The number of updates is a uniform, and each update runs through the same instructions: a run is the same bit for bit
// however it is split among dispatches. Nothing here tests x == x: a compiler may assume that there are no NaNs, so the
// number range is watched by the bits.

struct Params {
  // Particles [first, end) take part; they have all done the same number of updates.
  first: u32,
  end: u32,
  updates: u32,
  // The run's update number before the first update of this dispatch.
  step: u32,
  // Room for state in the buffers, in pairs of particles.
  pairs: u32,
  // The run's update number at which these particles started.
  birth: u32,
  seed: u32,
  unused: u32,
  limits: vec4f,
  rules: Rules,
  hyper: Hyper,
  // One row an update: the optimizer's Step.
  rows: array<vec4f, MAX_UPDATES>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
// Two particles an element: x0, y0, x1, y1.
@group(0) @binding(2) var<storage, read_write> positions: array<vec4f>;
// State variable s of pair p at s * pairs + p.
@group(0) @binding(3) var<storage, read_write> state: array<vec4f>;
// For diverged particles: where each was last drawable, and after which update it went.
@group(0) @binding(4) var<storage, read_write> exits: array<vec4f>;

struct Walker {
  place: vec2f,
  // sizeBits of the furthest place of this go.
  furthest: i32,
}

// One update of one particle: gradient, conditioning, optimizer.
fn stepped(
  place: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  let g = directed(place, conditioned(surfaceGradient(place), c, 0u), sx, sy, hyper, step, c);
  return vec2f(update(place.x, g.x, sx, hyper, step), update(place.y, g.y, sy, hyper, step));
}

// What all four particles of a thread share in an update.
struct Turn {
  step: Step,
  limits: vec4f,
  rules: Rules,
  seed: u32,
  // Number of the update, 0 first, and whether it is these particles' first.
  number: u32,
  first: bool,
}

// One update of one particle.
fn walk(
  w: ptr<function, Walker>, m: ptr<function, Memory>, sx: ptr<function, State>, sy: ptr<function, State>,
  hyper: Hyper, turn: Turn, particle: u32,
) {
  let c = Conditions(turn.limits, turn.rules.tail, turn.seed, particle, turn.number);
  let next = guardedStep(m, (*w).place, sx, sy, hyper, turn.step, c, turn.rules, turn.first);
  *w = Walker(next, max((*w).furthest, sizeBits(next)));
}

// Which of a pair move: those of this dispatch that are in the number range.
fn movers(pair: u32, places: vec4f) -> vec2<bool> {
  let particle = vec2u(pair * 2u, pair * 2u + 1u);
  let ours = (particle >= vec2u(params.first)) & (particle < vec2u(params.end));
  return ours & vec2<bool>(!leavesRange(places.xy), !leavesRange(places.zw));
}

// Saves a pair as far as it moved: the other particle is somebody else's, or rests, and stays as it was loaded.
fn savePair(
  pair: u32, moved: vec2<bool>, places: vec4f, s: PairState, m: PairMemory, before: vec4f, old: PairState, past: PairMemory,
) {
  var saved = s;
  var remembered = m;
  if (!moved.x) {
    saved.px = old.px;
    saved.py = old.py;
    remembered.p = past.p;
  }
  if (!moved.y) {
    saved.qx = old.qx;
    saved.qy = old.qy;
    remembered.q = past.q;
  }
  if (any(moved)) {
    positions[pair] = select(before, places, moved.xxyy);
    storeState(pair, saved);
    storeMemory(pair, remembered);
  }
}

@compute @workgroup_size(WORKGROUP)
fn descend(@builtin(global_invocation_id) id: vec3u) {
  let pair = (params.first / 4u + id.x) * 2u;
  let particle = pair * 2u;
  if (particle >= params.end) {
    return;
  }
  surfaceParameters = surfaceUniform;
  let hyper = params.hyper;
  let limits = params.limits;
  let rules = params.rules;
  let seed = params.seed;
  let updates = params.updates;
  let before = params.step;
  let birth = params.birth;

  var done = 0u;
  var count = updates;
  while (done < updates) {
    let near = positions[pair];
    let far = positions[pair + 1u];
    var a = Walker(near.xy, 0);
    var b = Walker(near.zw, 0);
    var c = Walker(far.xy, 0);
    var d = Walker(far.zw, 0);
    let sn = loadState(pair);
    let sf = loadState(pair + 1u);
    let mn = loadMemory(pair);
    let mf = loadMemory(pair + 1u);
    var am = mn.p;
    var bm = mn.q;
    var cm = mf.p;
    var dm = mf.q;
    var ax = sn.px;
    var ay = sn.py;
    var bx = sn.qx;
    var by = sn.qy;
    var cx = sf.px;
    var cy = sf.py;
    var dx = sf.qx;
    var dy = sf.qy;
    let end = done + count;
    for (var k = done; k < end; k++) {
      let number = before + k;
      let turn = Turn(stepOf(params.rows[k]), limits, rules, seed, number, number == birth);
      walk(&a, &am, &ax, &ay, hyper, turn, particle);
      walk(&b, &bm, &bx, &by, hyper, turn, particle + 1u);
      walk(&c, &cm, &cx, &cy, hyper, turn, particle + 2u);
      walk(&d, &dm, &dx, &dy, hyper, turn, particle + 3u);
    }
    let moved = vec4<bool>(movers(pair, near), movers(pair + 1u, far));
    let left = moved & (vec4i(a.furthest, b.furthest, c.furthest, d.furthest) > vec4i(RANGE_BITS));
    if (any(left) && count > 1u) {
      count = 1u;
    } else {
      savePair(pair, moved.xy, vec4f(a.place, b.place), PairState(ax, ay, bx, by), PairMemory(am, bm), near, sn, mn);
      savePair(pair + 1u, moved.zw, vec4f(c.place, d.place), PairState(cx, cy, dx, dy), PairMemory(cm, dm), far, sf, mf);
      // Of those that have just left: where each was last drawable, and after which update it went.
      for (var rest = left; any(rest);) {
        let k = select(select(select(3u, 2u, rest.z), 1u, rest.y), 0u, rest.x);
        let last = select(select(select(far.zw, far.xy, rest.z), near.zw, rest.y), near.xy, rest.x);
        exits[particle + k] = vec4f(last, f32(before + end), 0);
        rest = rest & (vec4u(0, 1, 2, 3) != vec4u(k));
      }
      done = end;
    }
  }
}

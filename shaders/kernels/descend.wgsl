// Advances particles by any number of updates up to MAX_UPDATES, all in registers.
//
// Slots: the surface (surfaceGradient, …), the optimizer (update and directed, with State, Hyper, Step), the conditioning of
// gradients (conditioned), what guards a run (guardedStep, with Memory), and the generated packing of state (PairState,
// loadState, storeState, stepOf; PairMemory, loadMemory, storeMemory).
//
// A thread owns four neighbouring particles: that hides the latency of the chain of divisions and roots in one behind the
// others, and shares between them what a turn of the loop costs. On a software GPU a branch costs as much as both of its
// sides, and a scalar read from a uniform as much as a dozen sums: so everything constant is read once, before the loop,
// and what does not apply (particles at rest, or of another dispatch) is computed and not taken.
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
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, 4>;
// Two particles an element: x0, y0, x1, y1.
@group(0) @binding(2) var<storage, read_write> positions: array<vec4f>;
// State variable s of pair p at s * pairs + p.
@group(0) @binding(3) var<storage, read_write> state: array<vec4f>;
// For diverged particles: where each was last drawable, and after which update it went.
@group(0) @binding(4) var<storage, read_write> exits: array<vec4f>;

struct Walker {
  place: vec2f,
  // The update after which it left the number range (0: in this dispatch it has not), and where it was before.
  gone: f32,
  last: vec2f,
  rests: bool,
}

fn takesPart(particle: u32) -> bool {
  return particle >= params.first && particle < params.end;
}

fn walkerAt(place: vec2f, particle: u32) -> Walker {
  // Particles that have left rest where they went; so does a neighbour that is not of this dispatch.
  return Walker(place, 0, place, leavesRange(place) || !takesPart(particle));
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

// One update of one particle, taken unless it rests.
fn walk(
  w: ptr<function, Walker>, m: ptr<function, Memory>, sx: ptr<function, State>, sy: ptr<function, State>,
  hyper: Hyper, turn: Turn, particle: u32,
) {
  let place = (*w).place;
  let c = Conditions(turn.limits, turn.rules.tail, turn.seed, particle, turn.number);
  let next = guardedStep(m, place, sx, sy, hyper, turn.step, c, turn.rules, turn.first);
  let leaves = !(*w).rests && leavesRange(next);
  (*w).gone = select((*w).gone, f32(turn.number + 1u), leaves);
  (*w).last = select((*w).last, place, leaves);
  (*w).place = select(next, place, (*w).rests);
  (*w).rests = (*w).rests || leaves;
}

fn saveExit(w: Walker, particle: u32) {
  if (w.gone > 0) {
    exits[particle] = vec4f(w.last, w.gone, 0);
  }
}

// Saves a pair whose particles are both of this dispatch, or the half that is: the other is somebody else's to write.
fn savePair(pair: u32, a: Walker, b: Walker, s: PairState, m: PairMemory) {
  let particle = pair * 2u;
  let mine = vec2<bool>(takesPart(particle), takesPart(particle + 1u));
  if (!any(mine)) {
    return;
  }
  var saved = s;
  var remembered = m;
  if (!all(mine)) {
    let old = loadState(pair);
    let before = loadMemory(pair);
    if (mine.x) {
      saved.qx = old.qx;
      saved.qy = old.qy;
      remembered.q = before.q;
    } else {
      saved.px = old.px;
      saved.py = old.py;
      remembered.p = before.p;
    }
  }
  // A particle that is not of this dispatch has rested: its place is what was read.
  positions[pair] = vec4f(a.place, b.place);
  storeState(pair, saved);
  storeMemory(pair, remembered);
  saveExit(a, particle);
  saveExit(b, particle + 1u);
}

@compute @workgroup_size(WORKGROUP)
fn descend(@builtin(global_invocation_id) id: vec3u) {
  let pair = (params.first / 4u + id.x) * 2u;
  if (pair * 2u >= params.end) {
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

  let near = positions[pair];
  let far = positions[pair + 1u];
  var a = walkerAt(near.xy, pair * 2u);
  var b = walkerAt(near.zw, pair * 2u + 1u);
  var c = walkerAt(far.xy, pair * 2u + 2u);
  var d = walkerAt(far.zw, pair * 2u + 3u);
  var sn = loadState(pair);
  var sf = loadState(pair + 1u);
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
  for (var k = 0u; k < updates; k++) {
    let number = before + k;
    let turn = Turn(stepOf(params.rows[k]), limits, rules, seed, number, number == birth);
    walk(&a, &am, &ax, &ay, hyper, turn, pair * 2u);
    walk(&b, &bm, &bx, &by, hyper, turn, pair * 2u + 1u);
    walk(&c, &cm, &cx, &cy, hyper, turn, pair * 2u + 2u);
    walk(&d, &dm, &dx, &dy, hyper, turn, pair * 2u + 3u);
  }
  savePair(pair, a, b, PairState(ax, ay, bx, by), PairMemory(am, bm));
  savePair(pair + 1u, c, d, PairState(cx, cy, dx, dy), PairMemory(cm, dm));
}

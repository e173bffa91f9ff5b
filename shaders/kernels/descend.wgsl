// Advances particles by any number of updates up to MAX_UPDATES, all in registers.
//
// Slots: the surface (surfaceGradient), the optimizer (update, with State, Hyper, Step), the conditioning of gradients
// (conditioned), and the generated packing of state (PairState, loadState, storeState, stepOf).
//
// A thread owns four neighbouring particles: that hides the latency of the chain of divisions and roots in one behind the
// others, and shares between them what a turn of the loop costs. On a software GPU a branch costs as much as both of its
// sides, and a scalar read from a uniform as much as a dozen sums: so everything constant is read once, before the loop,
// and what does not apply (particles at rest, or of another dispatch) is computed and not taken.
//
// Updates are done in blocks of four without a look at where the particles are, but for the largest coordinate met. Only
// if that says that a particle has left the number range, which happens once in its life, all updates of the dispatch are
// done again from where they began, one by one with a look after each. What is no whole block goes that way too.
//
// Each update runs through the same instructions: a run is the same bit for bit however it is split among dispatches.
// Nothing here tests x == x: a compiler may assume that there are no NaNs, so the number range is watched by the bits.

struct Params {
  // Particles [first, end) take part; they have all done the same number of updates.
  first: u32,
  end: u32,
  updates: u32,
  // The run's update number before the first update of this dispatch.
  step: u32,
  // Room for state in the buffers, in pairs of particles.
  pairs: u32,
  // Limits of the gradient's norm and of its entries; enormous when there is none.
  normLimit: f32,
  valueLimit: f32,
  unused: u32,
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

// Four neighbouring particles.
struct Quad {
  a: Walker,
  b: Walker,
  c: Walker,
  d: Walker,
  near: PairState,
  far: PairState,
}

fn quadAt(pair: u32) -> Quad {
  let near = positions[pair];
  let far = positions[pair + 1u];
  let particle = pair * 2u;
  return Quad(
    walkerAt(near.xy, particle),
    walkerAt(near.zw, particle + 1u),
    walkerAt(far.xy, particle + 2u),
    walkerAt(far.zw, particle + 3u),
    loadState(pair),
    loadState(pair + 1u));
}

// Where a particle is after one update.
fn stepped(
  place: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, limits: vec2f,
) -> vec2f {
  let g = conditioned(surfaceGradient(place), limits);
  return vec2f(update(place.x, g.x, sx, hyper, step), update(place.y, g.y, sy, hyper, step));
}

// One update of a particle, taken even if it rests; `worst` is the largest size of a coordinate so far, as bits without
// the sign.
fn run(
  place: ptr<function, vec2f>, worst: ptr<function, u32>,
  sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, limits: vec2f,
) {
  let next = stepped(*place, sx, sy, hyper, step, limits);
  let sizes = bitcast<vec2u>(next) & vec2u(0x7fffffffu);
  *worst = max(*worst, max(sizes.x, sizes.y));
  *place = next;
}

// One update of a particle, taken unless it rests.
fn walk(
  w: ptr<function, Walker>, sx: ptr<function, State>, sy: ptr<function, State>,
  hyper: Hyper, step: Step, limits: vec2f, number: f32,
) {
  let place = (*w).place;
  let next = stepped(place, sx, sy, hyper, step, limits);
  let leaves = !(*w).rests && leavesRange(next);
  (*w).gone = select((*w).gone, number, leaves);
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
fn savePair(pair: u32, a: Walker, b: Walker, s: PairState) {
  let particle = pair * 2u;
  let mine = vec2<bool>(takesPart(particle), takesPart(particle + 1u));
  if (!any(mine)) {
    return;
  }
  var saved = s;
  if (!all(mine)) {
    let old = loadState(pair);
    if (mine.x) {
      saved.qx = old.qx;
      saved.qy = old.qy;
    } else {
      saved.px = old.px;
      saved.py = old.py;
    }
  }
  // A particle that is not of this dispatch has rested: its place is what was read.
  positions[pair] = vec4f(a.place, b.place);
  storeState(pair, saved);
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
  let limits = vec2f(params.normLimit, params.valueLimit);
  let updates = params.updates;
  let before = f32(params.step);

  var quad = quadAt(pair);
  var ax = quad.near.px;
  var ay = quad.near.py;
  var bx = quad.near.qx;
  var by = quad.near.qy;
  var cx = quad.far.px;
  var cy = quad.far.py;
  var dx = quad.far.qx;
  var dy = quad.far.qy;
  var k = 0u;

  // Written out: a turn of a loop costs a software GPU as much as an update, since each carried number is masked and stored.
  var a = quad.a.place;
  var b = quad.b.place;
  var c = quad.c.place;
  var d = quad.d.place;
  var worstA = 0u;
  var worstB = 0u;
  var worstC = 0u;
  var worstD = 0u;
  for (; k + 4u <= updates; k += 4u) {
    let first = stepOf(params.rows[k]);
    run(&a, &worstA, &ax, &ay, hyper, first, limits);
    run(&b, &worstB, &bx, &by, hyper, first, limits);
    run(&c, &worstC, &cx, &cy, hyper, first, limits);
    run(&d, &worstD, &dx, &dy, hyper, first, limits);
    let second = stepOf(params.rows[k + 1u]);
    run(&a, &worstA, &ax, &ay, hyper, second, limits);
    run(&b, &worstB, &bx, &by, hyper, second, limits);
    run(&c, &worstC, &cx, &cy, hyper, second, limits);
    run(&d, &worstD, &dx, &dy, hyper, second, limits);
    let third = stepOf(params.rows[k + 2u]);
    run(&a, &worstA, &ax, &ay, hyper, third, limits);
    run(&b, &worstB, &bx, &by, hyper, third, limits);
    run(&c, &worstC, &cx, &cy, hyper, third, limits);
    run(&d, &worstD, &dx, &dy, hyper, third, limits);
    let fourth = stepOf(params.rows[k + 3u]);
    run(&a, &worstA, &ax, &ay, hyper, fourth, limits);
    run(&b, &worstB, &bx, &by, hyper, fourth, limits);
    run(&c, &worstC, &cx, &cy, hyper, fourth, limits);
    run(&d, &worstD, &dx, &dy, hyper, fourth, limits);
  }

  let left = vec4u(worstA, worstB, worstC, worstD) > vec4u(RANGE_BITS);
  if (any(left & !vec4<bool>(quad.a.rests, quad.b.rests, quad.c.rests, quad.d.rests))) {
    // Back to what was read: places of `quad` are still those.
    ax = quad.near.px;
    ay = quad.near.py;
    bx = quad.near.qx;
    by = quad.near.qy;
    cx = quad.far.px;
    cy = quad.far.py;
    dx = quad.far.qx;
    dy = quad.far.qy;
    k = 0u;
  } else {
    quad.a.place = select(a, quad.a.place, quad.a.rests);
    quad.b.place = select(b, quad.b.place, quad.b.rests);
    quad.c.place = select(c, quad.c.place, quad.c.rests);
    quad.d.place = select(d, quad.d.place, quad.d.rests);
  }
  for (; k < updates; k++) {
    let step = stepOf(params.rows[k]);
    let number = before + f32(k + 1u);
    walk(&quad.a, &ax, &ay, hyper, step, limits, number);
    walk(&quad.b, &bx, &by, hyper, step, limits, number);
    walk(&quad.c, &cx, &cy, hyper, step, limits, number);
    walk(&quad.d, &dx, &dy, hyper, step, limits, number);
  }
  savePair(pair, quad.a, quad.b, PairState(ax, ay, bx, by));
  savePair(pair + 1u, quad.c, quad.d, PairState(cx, cy, dx, dy));
}

// Advances particles by any number of updates up to MAX_UPDATES, all in registers.
//
// Slots: the surface (surfaceGradient, …), the optimizer (update, directed and divisor, with State, Hyper, Step), its weight
// decay (decayed), the conditioning of gradients (conditioned), what guards a run (guardedStep, with Memory), the generated
// packing of both (loadState, storeState, stepOf; loadMemory, storeMemory), and how a thread's particles are walked (CREW,
// walkAll, stepAt).
//
// A thread owns a few neighbouring particles: on a software GPU that hides the latency of the chain of divisions and roots in
// one behind the others, and shares between them what a turn of the loop costs. There a branch costs as much as both of its
// sides, a scalar read from a uniform as much as a dozen sums, and a loop that looks before its turn does one turn more, for
// nobody: so everything constant is read once, and loops look after their turn.
//
// A particle that leaves the number range rests from then on, where it went. To watch for that in each update would cost as
// much as the update; so the updates of a dispatch are first done in one go, and only a sum of squares is kept, which overflows
// before the range ends. Where it did, the particle does them again one by one, and each is looked at.
//
// The number of updates is a uniform, and each update runs through the same instructions: a run is the same bit for bit
// however it is split among dispatches. Nothing here tests x == x: a compiler may assume that there are no NaNs, so the number
// range is watched by the bits.

struct Params {
  // Particles [first, end) take part; they have all done the same number of updates.
  first: u32,
  end: u32,
  updates: u32,
  // The run's update number before the first update of this dispatch.
  step: u32,
  // Room for state in the buffers, in particles.
  room: u32,
  // The run's update number at which these particles started.
  birth: u32,
  seed: u32,
  unused: u32,
  limits: vec4f,
  rules: Rules,
  hyper: Hyper,
  // The optimizer's Step for each update: `stepAt` knows how many of them share a row.
  rows: array<vec4f, MAX_UPDATES>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> surfaceUniform: array<vec4f, SURFACE_ROWS>;
@group(0) @binding(2) var<storage, read_write> positions: array<vec2f>;
// Variable s of particle i, that of x and that of y, at s * room + i.
@group(0) @binding(3) var<storage, read_write> state: array<vec2f>;
// For diverged particles: where each was last drawable, and after which update it went.
@group(0) @binding(4) var<storage, read_write> exits: array<vec4f>;

struct Walker {
  place: vec2f,
  // The squares of all places of this go, summed up: infinite when any of them may be out of range.
  size: f32,
  memory: Memory,
  x: State,
  y: State,
}

// One update of one particle: gradient, conditioning, optimizer.
fn stepped(
  place: vec2f, sx: ptr<function, State>, sy: ptr<function, State>, hyper: Hyper, step: Step, c: Conditions,
) -> vec2f {
  let g = directed(place, conditioned(surfaceGradient(place), c, 0u), sx, sy, hyper, step, c);
  return vec2f(update(place.x, g.x, sx, hyper, step), update(place.y, g.y, sy, hyper, step));
}

// What the updates of a dispatch share; `particle` is the first of a thread's crew.
struct Dispatch {
  hyper: Hyper,
  limits: vec4f,
  rules: Rules,
  seed: u32,
  // The run's update number before this dispatch, and the one at which these particles started.
  before: u32,
  birth: u32,
  updates: u32,
  particle: u32,
}

// Update k of the dispatch, of one particle.
fn walk(w: ptr<function, Walker>, dispatch: Dispatch, step: Step, k: u32, particle: u32) {
  let number = dispatch.before + k;
  let rules = dispatch.rules;
  let c = Conditions(dispatch.limits, rules.tail, dispatch.seed, particle, number);
  var memory = (*w).memory;
  var sx = (*w).x;
  var sy = (*w).y;
  let next = guardedStep(&memory, (*w).place, &sx, &sy, dispatch.hyper, step, c, rules, number == dispatch.birth);
  *w = Walker(next, (*w).size + (next.x * next.x + next.y * next.y), memory, sx, sy);
}

// Does the updates again of those that may have left, one by one, from where they started, and saves them. One that leaves
// rests; it is kept where it was last drawable, and after which update it went.
fn retrace(some: u32, dispatch: Dispatch) {
  var rest = some;
  var k = 0u;
  var w: Walker;
  loop {
    let particle = dispatch.particle + firstTrailingBit(rest);
    if (k == 0u) {
      w = load(particle);
    }
    let last = w.place;
    walk(&w, dispatch, stepAt(k), k, particle);
    k += 1u;
    let left = leavesRange(w.place);
    if (left || endless(w)) {
      w.place = select(vec2f(infinity()), w.place, left);
      exits[particle] = vec4f(last, f32(dispatch.before + k), 0);
      k = dispatch.updates;
    }
    if (k >= dispatch.updates) {
      store(particle, w);
      rest &= rest - 1u;
      k = 0u;
    }
    continuing {
      break if rest == 0u;
    }
  }
}

fn load(particle: u32) -> Walker {
  let s = loadState(particle);
  return Walker(positions[particle], 0, loadMemory(particle), s.x, s.y);
}

fn store(particle: u32, w: Walker) {
  positions[particle] = w.place;
  storeState(particle, Both(w.x, w.y));
  storeMemory(particle, w.memory);
}

// Whether the optimizer divides by something endless. It stays so: it need not be looked at in each update.
fn endless(w: Walker) -> bool {
  return isNotFinite(divisor(w.x)) | isNotFinite(divisor(w.y));
}

// Saves a particle that moves, unless it may have left on the way: 1 then.
fn saved(particle: u32, w: Walker, moving: bool) -> u32 {
  let far = moving & (isNotFinite(w.size) | endless(w));
  if (moving & !far) {
    store(particle, w);
  }
  return u32(far);
}

// Whether a particle moves: one of this dispatch that is in the number range.
fn moves(particle: u32, place: vec2f) -> bool {
  return (particle >= params.first) & (particle < params.end) & !leavesRange(place);
}

fn dispatchFrom(particle: u32) -> Dispatch {
  return Dispatch(
    params.hyper, params.limits, params.rules, params.seed, params.step, params.birth, params.updates, particle);
}

@compute @workgroup_size(WORKGROUP)
fn descend(@builtin(global_invocation_id) id: vec3u) {
  let particle = (params.first / CREW + id.x) * CREW;
  if (particle >= params.end) {
    return;
  }
  surfaceParameters = surfaceUniform;
  let dispatch = dispatchFrom(particle);
  let some = walkAll(dispatch);
  if (some != 0u) {
    retrace(some, dispatch);
  }
}

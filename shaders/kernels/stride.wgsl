// Advances particles by a whole stride of updates that are written out one after the other: another pipeline beside that of
// descend.wgsl, whose parts it uses, and only of a software GPU, which neither fuses nor reorders; tests hold it to the loop.
//
// Those that may have left the number range are left where they were and noted; `retraceBehind`, dispatched next, takes them
// along. In the same kernel it would cost each stride a tenth, since a branch that nobody takes is paid for there too.

// One bit a particle.
@group(0) @binding(5) var<storage, read_write> behind: array<atomic<u32>>;

@compute @workgroup_size(WORKGROUP)
fn stride(@builtin(global_invocation_id) id: vec3u) {
  let particle = (params.first / CREW + id.x) * CREW;
  if (particle >= params.end) {
    return;
  }
  surfaceParameters = surfaceUniform;
  let some = walkAll(dispatchFrom(particle));
  if (some != 0u) {
    atomicOr(&behind[particle / 32u], some << (particle % 32u));
  }
}

// A thread has 32 particles.
@compute @workgroup_size(WORKGROUP)
fn retraceBehind(@builtin(global_invocation_id) id: vec3u) {
  let word = params.first / 32u + id.x;
  if (word * 32u >= params.end) {
    return;
  }
  let some = atomicLoad(&behind[word]);
  if (some != 0u) {
    surfaceParameters = surfaceUniform;
    retrace(some, dispatchFrom(word * 32u));
    atomicStore(&behind[word], 0u);
  }
}

// Order statistics: for some ranks in each of several columns of keys, the key of that rank, exactly. All are found digit by digit
// (radix selection, 8 bits a pass): `histogram` counts the next digit among the keys that match what is known so far, `choose`
// settles it, one workgroup a row. A row is a rank in a column; those of a column, at most four, follow one another.

struct Row {
  // The key, as far as it is known, and what is left of the rank among the keys that match.
  key: u32,
  rank: u32,
  // Digits settled, the most significant first.
  digits: u32,
  unused: u32,
}

struct Size {
  // Keys in a column, and ranks.
  count: u32,
  ranks: u32,
}

@group(0) @binding(0) var<storage, read> keys: array<u32>;
// Counts of digit d of row r at (d * rows + r) * 256, all of them 0 before. Nothing is known before the first digit, which is counted
// once for all the rows of a column, in its first.
@group(0) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;
@group(0) @binding(2) var<storage, read_write> rows: array<Row>;
@group(0) @binding(3) var<uniform> size: Size;

@compute @workgroup_size(WORKGROUP)
fn histogram(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let first = id.y * size.ranks;
  let last = first + size.ranks - 1u;
  let digit = rows[first].digits;
  let shift = 24u - 8u * digit;
  let known = vec4u(rows[first].key, rows[min(first + 1u, last)].key, rows[min(first + 2u, last)].key, rows[min(first + 3u, last)].key);
  let counted = vec4u(0, 1, 2, 3) < vec4u(select(size.ranks, 1u, digit == 0u));
  let base = (digit * arrayLength(&rows) + first) * 256u;
  let end = (id.y + 1u) * size.count;
  for (var i = id.y * size.count + id.x; i < end; i += groups.x * WORKGROUP) {
    let key = keys[i];
    let place = base + ((key >> shift) & 0xffu);
    // In two shifts, since by 32 at once is not defined.
    let matches = (((vec4u(key) ^ known) >> vec4u(shift)) >> vec4u(8u)) == vec4u(0u);
    let hits = matches & counted;
    if (any(hits)) {
      if (hits.x) { atomicAdd(&counts[place], 1u); }
      if (hits.y) { atomicAdd(&counts[place + 256u], 1u); }
      if (hits.z) { atomicAdd(&counts[place + 512u], 1u); }
      if (hits.w) { atomicAdd(&counts[place + 768u], 1u); }
    }
  }
}

// One thread a row: it is a few hundred counts, and without barriers the kernel compiles quickly everywhere.
@compute @workgroup_size(1)
fn choose(@builtin(workgroup_id) id: vec3u) {
  var row = rows[id.x];
  let counted = select(id.x, id.x - id.x % size.ranks, row.digits == 0u);
  let base = (row.digits * arrayLength(&rows) + counted) * 256u;
  var digit = 0u;
  loop {
    let here = atomicLoad(&counts[base + digit]);
    if (row.rank < here || digit == 255u) {
      break;
    }
    row.rank -= here;
    digit += 1u;
  }
  row.key |= digit << (24u - 8u * row.digits);
  row.digits += 1u;
  rows[id.x] = row;
}

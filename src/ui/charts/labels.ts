/**
 * Where labels stand that want to be at certain heights and must keep apart: in their order, each as near to its wish as the
 * others let it.
 *
 * Source: the pool-adjacent-violators algorithm, R. E. Barlow et al., "Statistical inference under order restrictions", 1972.
 * @param wished heights, in any order
 * @param apart least distance between two labels
 * @returns heights in the order of the wishes, within low … high where there is room
 */
export function keptApart(wished: readonly number[], apart: number, low: number, high: number): number[] {
  const order = [...wished.keys()].sort((a, b) => wished[a] - wished[b]);
  // With the distances taken away, heights must only not descend.
  const pools: { sum: number; count: number }[] = [];
  order.forEach((index, k) => {
    let pool = { sum: wished[index] - k * apart, count: 1 };
    let last = pools[pools.length - 1];
    while (last && last.sum / last.count >= pool.sum / pool.count) {
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
      pools.pop();
      last = pools[pools.length - 1];
    }
    pools.push(pool);
  });
  const room = Math.max(low, high - (wished.length - 1) * apart);
  const heights: number[] = new Array(wished.length);
  let k = 0;
  for (const { sum, count } of pools) {
    for (let i = 0; i < count; i += 1, k += 1) {
      heights[order[k]] = Math.min(room, Math.max(low, sum / count)) + k * apart;
    }
  }
  return heights;
}

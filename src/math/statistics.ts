/**
 * The value of rank k (0 first) among values[0 … count - 1] in ascending order, found by quickselect in O(count);
 * `values` is reordered: what comes before place k is no larger, what comes after no smaller. There must be no NaN.
 *
 * Source: C. A. R. Hoare, "Algorithm 65: Find", 1961, with the median of three as the pivot.
 */
export function selectRank(values: Float64Array, count: number, k: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = medianOfThree(values[low], values[(low + high) >> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) {
        i += 1;
      }
      while (values[j] > pivot) {
        j -= 1;
      }
      if (i <= j) {
        const held = values[i];
        values[i] = values[j];
        values[j] = held;
        i += 1;
        j -= 1;
      }
    }
    if (k <= j) {
      high = j;
    } else if (k >= i) {
      low = i;
    } else {
      break;
    }
  }
  return values[k];
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/**
 * The indices of the k largest values, largest first, equal ones by rising index; −∞ comes last
 * and NaN not at all, so there can be fewer than k. A bounded binary heap whose root is the worst
 * of the best so far: O(n log k), and near O(n) in practice, as most values lose to the root.
 * @param values unchanged
 * @param k how many, a whole number ≥ 0; more than there are gives all of them
 * @throws RangeError for another k
 */
export function topK(values: ArrayLike<number>, k: number): Int32Array {
  if (!Number.isInteger(k) || k < 0) throw new RangeError(`Top ${k} is not a whole number ≥ 0.`);
  const heap = new Int32Array(Math.min(k, values.length));
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (size < heap.length) {
      siftUp(values, heap, size++, i);
    } else if (size > 0 && values[i] > values[heap[0]]) {
      siftDown(values, heap, size, i);
    }
  }
  // Taking the worst out, again and again, fills the array from its end.
  for (let end = size - 1; end > 0; end--) {
    const worst = heap[0];
    siftDown(values, heap, end, heap[end]);
    heap[end] = worst;
  }
  return heap.subarray(0, size);
}

/** Whether index a ranks below index b. */
function isWorse(values: ArrayLike<number>, a: number, b: number): boolean {
  return values[a] < values[b] || (values[a] === values[b] && a > b);
}

/** Puts `item` into the free slot at the end and lifts it to its place. */
function siftUp(values: ArrayLike<number>, heap: Int32Array, slot: number, item: number): void {
  while (slot > 0) {
    const parent = (slot - 1) >> 1;
    if (!isWorse(values, item, heap[parent])) break;
    heap[slot] = heap[parent];
    slot = parent;
  }
  heap[slot] = item;
}

/** Replaces the root of the first `size` slots by `item` and lowers it to its place. */
function siftDown(values: ArrayLike<number>, heap: Int32Array, size: number, item: number): void {
  let slot = 0;
  for (let child = 1; child < size; child = 2 * slot + 1) {
    if (child + 1 < size && isWorse(values, heap[child + 1], heap[child])) child++;
    if (!isWorse(values, heap[child], item)) break;
    heap[slot] = heap[child];
    slot = child;
  }
  heap[slot] = item;
}

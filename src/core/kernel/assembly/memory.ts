// Fixed places; the room and what is scratch beside it lie above them.

/** Rows that one call takes at most. */
export const batchRows = 64;

/** The class of each of a call's rows, as int32. */
export const labels = memory.data(batchRows * 4, 16);

/** What `sumRows` and `profileRows` leave of each row, as float64; see there. */
export const rowFields = 10;
export const rowNumbers = memory.data(batchRows * rowFields * 8, 16);

/** What `profileRows` leaves: float32 moments, [node][moment][row] with `batchRows` a plane. */
export const planeCount = 72;
export const planes = memory.data(planeCount * batchRows * 4, 16);

/** The float64 moments of one row. */
export const moments = memory.data(planeCount * 8, 16);

/** Gaps of a part of a row, with slack for whole vectors. */
export const chunk = 2048;
export const gaps = memory.data((chunk + 64) * 4, 16);

/** Probabilities of a part of the classes, added up over rows, with slack for whole vectors. */
export const totals = memory.data((chunk + 4) * 8, 16);

/** Large probabilities of a part of a row, and which class of it each is of. */
export const foundProbabilities = memory.data(chunk * 8, 16);
export const foundClasses = memory.data(chunk * 4, 16);

/** How to move the lanes of a mask of four to the front: 16 bytes for each of the 16 masks. */
export const lanesToFront = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  4, 5, 6, 7, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 4, 5, 6, 7, 255, 255, 255, 255, 255, 255, 255, 255,
  8, 9, 10, 11, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 8, 9, 10, 11, 255, 255, 255, 255, 255, 255, 255, 255,
  4, 5, 6, 7, 8, 9, 10, 11, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255, 255, 255, 255,
  12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255,
  4, 5, 6, 7, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 255, 255, 255, 255,
  8, 9, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
], 16);

/** Where the room begins. */
export function roomStart(): usize {
  return (__heap_base + 63) & ~63;
}

/** The codes of the types of logits; whatever else is float16. */
export const float32: i32 = 0;
export const float64: i32 = 1;
export const bfloat16: i32 = 3;

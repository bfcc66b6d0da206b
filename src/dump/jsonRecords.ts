import type { JsonValue } from "../formats";
import { NumberArray } from "../formats/json/numberArray";

/**
 * A list of records as columns: each key's values in order. A key counts when its values can make
 * an array or a list of names; a record that lacks it gets a missing value of the same kind, so
 * that rows keep their numbers.
 */
export function columnsOf(
  records: readonly ReadonlyMap<string, JsonValue>[],
): Map<string, JsonValue[]> {
  const columns = new Map<string, JsonValue[]>();
  // Iterators would leave an object for each key of each of many records.
  records.forEach(record =>
    record.forEach((_, key) => {
      if (!columns.has(key)) columns.set(key, []);
    }),
  );
  for (const [key, column] of columns) {
    const sample = records.find(record => (record.get(key) ?? null) !== null)?.get(key);
    const missing = missingLike(sample);
    records.forEach(record => column.push(record.get(key) ?? missing));
  }
  return columns;
}

/** What stands for a record without the key: a row of NaN is left out and counted. */
function missingLike(sample: JsonValue | undefined): JsonValue {
  if (sample instanceof NumberArray) {
    return NumberArray.from(new Float64Array(sample.size).fill(NaN), sample.shape);
  }
  if (Array.isArray(sample) && sample.length > 0) {
    return NumberArray.from(new Float64Array(sample.length).fill(NaN));
  }
  return typeof sample === "string" ? "" : null;
}

/**
 * VS Code sends messages, and keeps a view's state, as JSON with the typed arrays lifted out: NaN
 * and ±Infinity among plain numbers would arrive as null. Here they travel as `{ $number: "NaN" }`.
 * T = ∞ is a valid temperature, so this is needed at every port between a view and its host.
 */
const tag = "$number";

/** A copy in which every non-finite number is wrapped; typed arrays and buffers stay as they are. */
export function toWire(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { [tag]: String(value) };
  return mapPlain(value, toWire);
}

/** Undoes `toWire`; what was never wrapped comes back unchanged. */
export function fromWire(value: unknown): unknown {
  if (isPlain(value) && typeof value[tag] === "string") return Number(value[tag]);
  return mapPlain(value, fromWire);
}

/** A copy of an array or object in which every item went through a function; else the value. */
export function mapPlain(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)]));
}

/** Whether a value is an object of no class that VS Code treats in a way of its own. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return !ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer) && !Array.isArray(value);
}

/** Checks of single values that came from elsewhere; each throws a sentence or hands the value on. */

/** Larger things than these are no request of ours. */
const maxText = 1 << 26;
const maxBytes = 1 << 28;

class Unexpected extends Error {
  readonly reason = "BAD_REQUEST";
}

export type Fields = Record<string, unknown>;

export function fields(value: unknown): Fields {
  if (typeof value !== "object" || value === null) throw new Unexpected("A request is malformed.");
  return value as Fields;
}

export function check<T>(ok: boolean, value: unknown, what: string): T {
  if (!ok) throw new Unexpected(`A request has no valid ${what}.`);
  return value as T;
}

export const text = (value: unknown, what: string): string =>
  check(typeof value === "string" && value.length <= maxText, value, what);

export const index = (value: unknown, what: string): number =>
  check(Number.isSafeInteger(value) && (value as number) >= 0, value, what);

/** T in [0, ∞], the limits included. */
export const temperature = (value: unknown): number =>
  check(typeof value === "number" && value >= 0, value, "temperature");

export const bytes = (value: unknown): Uint8Array =>
  check(value instanceof Uint8Array && value.byteLength <= maxBytes, value, "bytes");

type Typed = Float64Array | Float32Array | Int32Array | Uint8Array;

/** Data whose arrays other threads can write to, and the way back. */
export interface SharedTwin<T> {
  readonly shared: T;
  /** Copies what is in the shared arrays into those of the original. */
  copyBack(): void;
}

/** Plain data with its typed arrays in shared memory: copies, but of those that are there already. */
export function sharedTwin<T extends object>(original: T): SharedTwin<T> {
  const pairs: [Typed, Typed][] = [];
  const shared = twinOf(original, pairs) as T;
  return { shared, copyBack: () => pairs.forEach(([own, twin]) => own.set(twin)) };
}

function twinOf(value: unknown, pairs: [Typed, Typed][]): unknown {
  if (ArrayBuffer.isView(value)) {
    const own = value as Typed;
    if (own.buffer instanceof SharedArrayBuffer) return own;
    const Type = own.constructor as new (buffer: SharedArrayBuffer) => Typed;
    const twin = new Type(new SharedArrayBuffer(own.byteLength));
    twin.set(own);
    pairs.push([own, twin]);
    return twin;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, twinOf(part, pairs)]));
}

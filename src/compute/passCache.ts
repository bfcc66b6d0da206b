const MiB = 1024 * 1024;

/** Bytes of results that are kept. */
const budget = 128 * MiB;

/** One result larger than this is not kept: the largest profile is (45 MB), a million rows aren't. */
const largest = 48 * MiB;

/**
 * Results of passes, kept for the session: the least recently used go first once they outgrow the
 * budget. A key names the state of the files and all that the result depends on, so that nothing
 * has to be taken back.
 */
export class PassCache {
  private readonly kept = new Map<string, { result: object; bytes: number }>();
  private readonly making = new Map<string, Promise<object>>();
  private bytes = 0;

  /** The result under a key: kept, in the making for somebody else, or made now. */
  async get<T extends object>(key: string, make: () => Promise<T>): Promise<T> {
    const others = this.making.get(key) as Promise<T> | undefined;
    // What ends theirs, cancelling for example, need not end this one.
    if (others) return others.catch(() => this.get(key, make));
    const known = this.peek<T>(key);
    if (known) return this.keep(key, known);
    const made = make()
      .then(result => this.keep(key, result))
      .finally(() => this.making.delete(key));
    this.making.set(key, made);
    return made;
  }

  /** The result under a key, if it is kept. */
  peek<T extends object>(key: string): T | undefined {
    return this.kept.get(key)?.result as T | undefined;
  }

  private keep<T extends object>(key: string, result: T): T {
    this.drop(key);
    const bytes = bytesOf(result);
    if (bytes > largest) return result;
    this.kept.set(key, { result, bytes });
    this.bytes += bytes;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= budget) break;
      this.drop(oldest);
    }
    return result;
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }
}

/** The typed arrays in a result; all else is small. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + bytesOf(part), 0);
}

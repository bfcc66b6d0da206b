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
  private bytes = 0;

  /** The result under a key, made if it isn't kept. */
  async get<T extends object>(key: string, make: () => Promise<T>): Promise<T> {
    const result = this.peek<T>(key) ?? (await make());
    this.keep(key, result);
    return result;
  }

  /** The result under a key, if it is kept. */
  peek<T extends object>(key: string): T | undefined {
    return this.kept.get(key)?.result as T | undefined;
  }

  private keep(key: string, result: object): void {
    this.drop(key);
    const bytes = bytesOf(result);
    if (bytes > largest) return;
    this.kept.set(key, { result, bytes });
    this.bytes += bytes;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= budget) break;
      this.drop(oldest);
    }
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

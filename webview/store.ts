/** One state object and those who want to know when it is replaced. */
export class Store<S extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: Readonly<S>) {}

  get state(): Readonly<S> {
    return this.current;
  }

  /** Replaces some fields, then tells all listeners. */
  patch(change: Partial<S>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }

  /** @returns what ends the subscription */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

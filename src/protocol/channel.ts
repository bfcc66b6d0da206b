/**
 * Requests, replies, progress, cancellation and events over any two-way message port: the one
 * that joins a view to the host, and the one that joins the host to its worker. Errors are part
 * of the reply, so that nobody waits for ever. What arrives is checked before it is believed.
 */
export type RequestMap = Record<string, { params: unknown; reply: unknown }>;
export type EventMap = Record<string, unknown>;

export interface Port {
  post(message: unknown): void;
  /** Registers the one listener of this side. */
  listen(listener: (message: unknown) => void): void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface CallContext {
  readonly signal: AbortSignal;
  progress(done: number, total: number): void;
}

export type Handlers<R extends RequestMap> = {
  [M in keyof R]: (params: R[M]["params"], context: CallContext) => Promise<R[M]["reply"]>;
};

/** Checks what arrived for a method; throws a sentence when it is not what it should be. */
export type Guards<R extends RequestMap> = {
  [M in keyof R]: (params: unknown) => R[M]["params"];
};

export type Listeners<E extends EventMap> = { [N in keyof E]?: (data: E[N]) => void };

/** An error that crossed the port: its reason is kept, its stack is not. */
export class RemoteError extends Error {
  constructor(
    message: string,
    readonly reason: string,
  ) {
    super(message);
    this.name = "RemoteError";
  }
}

/** The reason of any error that has one, "FAILED" otherwise. */
export function reasonOf(error: unknown): string {
  const reason = (error as { reason?: unknown } | null)?.reason;
  if (typeof reason === "string") return reason;
  return error instanceof Error && error.name === "AbortError" ? "CANCELLED" : "FAILED";
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress: CallOptions["onProgress"];
  dispose(): void;
}

/** The side that asks (`Out`), the side that answers (`In`), or both. */
export class Channel<
  Out extends RequestMap,
  OutEvents extends EventMap,
  In extends RequestMap,
  InEvents extends EventMap,
> {
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();
  /** Begins anywhere, so that a reply to the page that was here before is nobody's. */
  private nextId = Math.floor(Math.random() * 2 ** 40);
  private closedBy: RemoteError | undefined;

  constructor(
    private readonly port: Port,
    private readonly handlers: Handlers<In>,
    private readonly guards: Guards<In>,
    private readonly listeners: Listeners<InEvents>,
  ) {
    port.listen(message => this.receive(message));
  }

  /**
   * Asks the other side.
   * @throws RemoteError with the other side's sentence and reason; "CANCELLED" when aborted
   */
  request<M extends keyof Out & string>(
    method: M,
    params: Out[M]["params"],
    options: CallOptions = {},
  ): Promise<Out[M]["reply"]> {
    const { signal, onProgress } = options;
    if (this.closedBy) return Promise.reject(this.closedBy);
    if (signal?.aborted) return Promise.reject(new RemoteError("Cancelled.", "CANCELLED"));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancel = () => {
        this.settle(id)?.reject(new RemoteError("Cancelled.", "CANCELLED"));
        this.port.post({ type: "cancel", id });
      };
      signal?.addEventListener("abort", cancel, { once: true });
      const dispose = () => signal?.removeEventListener("abort", cancel);
      this.pending.set(id, { resolve, reject, onProgress, dispose });
      this.port.post({ type: "request", id, method, params });
    });
  }

  emit<N extends keyof OutEvents & string>(name: N, data: OutEvents[N]): void {
    if (!this.closedBy) this.port.post({ type: "event", name, data });
  }

  /** Ends all that waits: calls made here fail with the sentence, calls served here are aborted. */
  close(message: string): void {
    this.closedBy = new RemoteError(message, "CLOSED");
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(this.closedBy);
    for (const controller of this.running.values()) controller.abort();
  }

  private receive(message: unknown): void {
    if (typeof message !== "object" || message === null) return;
    const m = message as Record<string, unknown>;
    const id = typeof m.id === "number" ? m.id : -1;
    if (m.type === "request" && typeof m.method === "string")
      void this.serve(id, m.method, m.params);
    else if (m.type === "cancel") this.running.get(id)?.abort();
    else if (m.type === "progress")
      this.pending.get(id)?.onProgress?.(Number(m.done), Number(m.total));
    else if (m.type === "reply") this.finish(id, m);
    else if (
      m.type === "event" &&
      typeof m.name === "string" &&
      Object.hasOwn(this.listeners, m.name)
    ) {
      this.listeners[m.name]?.(m.data as InEvents[string]);
    }
  }

  private finish(id: number, m: Record<string, unknown>): void {
    const call = this.settle(id);
    if (m.ok === true) call?.resolve(m.result);
    else call?.reject(new RemoteError(String(m.message), String(m.reason)));
  }

  private settle(id: number): Pending | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    call?.dispose();
    return call;
  }

  private async serve(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const context: CallContext = {
      signal: controller.signal,
      progress: (done, total) => this.port.post({ type: "progress", id, done, total }),
    };
    try {
      if (!Object.hasOwn(this.handlers, method)) {
        throw new RemoteError(`Unknown request "${method}".`, "UNKNOWN_REQUEST");
      }
      const checked = this.guards[method](params);
      const result = await this.handlers[method](checked, context);
      this.port.post({ type: "reply", id, ok: true, result });
    } catch (error) {
      const sentence = error instanceof Error ? error.message : "Something went wrong.";
      this.port.post({ type: "reply", id, ok: false, message: sentence, reason: reasonOf(error) });
    } finally {
      this.running.delete(id);
    }
  }
}

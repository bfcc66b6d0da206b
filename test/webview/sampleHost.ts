import { Channel, type Handlers, type Port } from "../../src/protocol/channel";
import type { HostEvents, Opened, ViewEvents, ViewRequests } from "../../src/protocol/messages";
import { fromWire, toWire } from "../../src/protocol/wire";
import type { Host } from "../../webview/host";
import { dumpInfo } from "./samples";

type Served = Channel<Record<never, never>, HostEvents, ViewRequests, ViewEvents>;

/** A host on the other end of a port, for a session without a webview. */
export class SampleHost implements Host {
  opened: Opened = {
    info: dumpInfo(),
    calibration: null,
    failure: null,
    temperature: 1,
    settings: { topK: 10, bins: 15, entropyUnit: "nats", defaultTemperature: 1 },
  };
  memory: unknown = null;
  /** Requests and events in the order they came. */
  readonly heard: [string, unknown][] = [];
  private channel: Served | undefined;

  /** Serves what `answers` has, and plain rows, scans and readings otherwise. */
  constructor(private readonly answers: Partial<Handlers<ViewRequests>> = {}) {}

  connect(listeners: Parameters<Host["connect"]>[0]): ReturnType<Host["connect"]> {
    const [near, far] = ports();
    const handlers = { ...this.plainAnswers(), ...this.answers };
    const served = Object.entries(handlers).map(([name, handle]) => [
      name,
      (params: never, context: never) => {
        this.heard.push([name, params]);
        return handle(params, context);
      },
    ]);
    const guards = Object.fromEntries(served.map(([name]) => [name, (params: unknown) => params]));
    this.channel = new Channel(far, Object.fromEntries(served), guards as never, {
      temperature: data => this.heard.push(["temperature", data]),
      row: data => this.heard.push(["shown", data]),
    });
    return new Channel(near, {}, {}, listeners);
  }

  tell<N extends keyof HostEvents>(name: N, data: HostEvents[N]): void {
    this.channel?.emit(name, data);
  }

  remember(state: unknown): void {
    this.memory = JSON.parse(JSON.stringify(toWire(state)));
  }

  recall(): unknown {
    return fromWire(this.memory);
  }

  private plainAnswers(): Handlers<ViewRequests> {
    const reread = async ({ overrides }: ViewRequests["read"]["params"]) =>
      dumpInfo({ overrides, reading: { ...dumpInfo().reading, ...overrides } });
    return {
      ready: async () => this.opened,
      read: reread,
      row: async ({ index }) => ({ index, logits: Float64Array.of(2, 1, 0.5, 0.1), label: null }),
      scan: async ({ temperature }) => ({
        temperature,
        argMax: Int32Array.of(0, 1, 2),
        confidence: Float64Array.of(0.9, 0.3, 0.6),
        nll: Float64Array.of(0.1, 2, 0.5),
        labels: Int32Array.of(0, 0, 2),
        leftOut: 0,
      }),
      attention: () => Promise.reject(new Error("Not asked for here.")),
      attentionHead: () => Promise.reject(new Error("Not asked for here.")),
      attentionHeads: () => Promise.reject(new Error("Not asked for here.")),
      attentionCurves: () => Promise.reject(new Error("Not asked for here.")),
      attentionKeys: () => Promise.reject(new Error("Not asked for here.")),
      statistics: () => Promise.reject(new Error("Not asked for here.")),
      values: () => Promise.reject(new Error("Not asked for here.")),
      profile: () => Promise.reject(new Error("Not asked for here.")),
      measure: () => Promise.reject(new Error("Not asked for here.")),
      calibrate: () => Promise.reject(new Error("Not asked for here.")),
      calibrateOther: async () => null,
      exportReport: async () => ({ saved: false }),
      exportProbabilities: async () => ({ saved: false }),
      copyAsPython: async () => null,
      copyAttention: async () => null,
      pickSource: async () => null,
      copy: async () => null,
      save: async () => ({ saved: false }),
      reopenAsText: async () => null,
    };
  }
}

/** Two ports joined as VS Code joins them: by JSON, but for the typed arrays. */
function ports(): [Port, Port] {
  const listeners: ((message: unknown) => void)[] = [];
  const port = (own: number): Port => ({
    post: message => {
      const copy = structuredClone(toWire(message));
      queueMicrotask(() => listeners[1 - own]?.(fromWire(copy)));
    },
    listen: listener => {
      listeners[own] = listener;
    },
  });
  return [port(0), port(1)];
}

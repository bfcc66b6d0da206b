import { describe, expect, it, vi } from "vitest";
import { Channel, RemoteError, type Handlers, type Port } from "../../src/protocol/channel";

type Requests = {
  double: { params: { n: number }; reply: number };
  wait: { params: null; reply: string };
};
type Events = { told: { what: string } };
type Nothing = Record<never, never>;

/** Two ports joined by structured clones, as between threads. */
function joined(): [Port, Port] {
  const listeners: ((message: unknown) => void)[] = [];
  const port = (own: number): Port => ({
    post: message => {
      const copy = structuredClone(message);
      queueMicrotask(() => listeners[1 - own]?.(copy));
    },
    listen: listener => {
      listeners[own] = listener;
    },
  });
  return [port(0), port(1)];
}

function connect(handlers: Partial<Handlers<Requests>> = {}) {
  const [a, b] = joined();
  const told = vi.fn();
  const client = new Channel<Requests, Events, Nothing, Nothing>(a, {}, {}, {});
  const server = new Channel<Nothing, Nothing, Requests, Events>(
    b,
    {
      double: ({ n }) => Promise.resolve(2 * n),
      wait: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new RemoteError("Stopped.", "CANCELLED")));
        }),
      ...handlers,
    },
    {
      double: value => {
        const { n } = value as { n: unknown };
        if (typeof n !== "number") throw new RemoteError("No number.", "BAD_REQUEST");
        return { n };
      },
      wait: () => null,
    },
    { told },
  );
  return { client, server, port: a, told };
}

describe("a channel", () => {
  it("answers requests, each its own", async () => {
    const { client } = connect();
    const replies = await Promise.all([1, 2, 3].map(n => client.request("double", { n })));
    expect(replies).toEqual([2, 4, 6]);
  });

  it("takes no answer to one that was there before at the same port", async () => {
    const [a, b] = joined();
    const asked: ((reply: number) => void)[] = [];
    const double = () => new Promise<number>(resolve => asked.push(resolve));
    const wait = () => Promise.resolve("");
    const guards = { double: () => ({ n: 1 }), wait: () => null };
    new Channel<Nothing, Nothing, Requests, Nothing>(b, { double, wait }, guards, {});
    const replies = [1, 2].map(() =>
      new Channel<Requests, Nothing, Nothing, Nothing>(a, {}, {}, {}).request("double", { n: 1 }),
    );
    await vi.waitFor(() => expect(asked.length).toBe(2));
    asked.forEach((answer, i) => answer(i));
    expect(await replies[1]).toBe(1);
  });

  it("makes an error of the other side a rejection with its sentence and reason", async () => {
    const failing = () => Promise.reject(new RemoteError("It broke.", "BROKEN"));
    const { client } = connect({ double: failing });
    await expect(client.request("double", { n: 1 })).rejects.toMatchObject({
      message: "It broke.",
      reason: "BROKEN",
    });
  });

  it("refuses parameters that the guard refuses, and methods that don't exist", async () => {
    const { client } = connect();
    const asked = client.request("double", { n: "1" as unknown as number });
    await expect(asked).rejects.toMatchObject({ reason: "BAD_REQUEST" });
    const unknown = client.request("toString" as "double", { n: 1 });
    await expect(unknown).rejects.toMatchObject({ reason: "UNKNOWN_REQUEST" });
  });

  it("cancels at once here, and tells the other side", async () => {
    const stopped = vi.fn();
    const wait: Handlers<Requests>["wait"] = (_, { signal }) =>
      new Promise(() => signal.addEventListener("abort", stopped));
    const { client } = connect({ wait });
    const controller = new AbortController();
    const asked = client.request("wait", null, { signal: controller.signal });
    await Promise.resolve();
    controller.abort();
    await expect(asked).rejects.toMatchObject({ reason: "CANCELLED" });
    await vi.waitFor(() => expect(stopped).toHaveBeenCalledOnce());
  });

  it("passes progress on while a request runs", async () => {
    const { client } = connect({
      double: ({ n }, { progress }) => {
        progress(1, 4);
        progress(2, 4);
        return Promise.resolve(n);
      },
    });
    const seen: number[][] = [];
    await client.request("double", { n: 1 }, { onProgress: (...p) => seen.push(p) });
    expect(seen).toEqual([
      [1, 4],
      [2, 4],
    ]);
  });

  it("leaves nobody waiting when it closes", async () => {
    const { client } = connect();
    const asked = client.request("wait", null);
    client.close("The other side is gone.");
    await expect(asked).rejects.toThrow("The other side is gone.");
    await expect(client.request("double", { n: 1 })).rejects.toThrow("The other side is gone.");
  });

  it("delivers events, and ignores what it does not know", async () => {
    const { client, port, told } = connect();
    port.post("noise");
    port.post({ type: "event", name: "constructor", data: 1 });
    port.post({ type: "reply", id: 99, ok: true });
    client.emit("told", { what: "news" });
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith({ what: "news" }));
    expect(told).toHaveBeenCalledOnce();
  });
});

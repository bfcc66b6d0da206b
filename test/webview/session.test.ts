import { beforeAll, describe, expect, it, vi } from "vitest";
import { Session } from "../../webview/session";
import { SampleHost } from "./sampleHost";
import { dumpInfo } from "./samples";

/** Long enough for all that a reply sets off; no timer is involved. */
const settle = () => new Promise(resolve => setTimeout(resolve, 5));

async function opened(host: SampleHost): Promise<Session> {
  const session = new Session(host);
  await session.start();
  await settle();
  return session;
}

beforeAll(() => {
  // A frame, in a place without a window.
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
});

describe("a session", () => {
  it("shows the first row of the file", async () => {
    const host = new SampleHost();
    const { state } = await opened(host);
    expect(state.info?.rows).toBe(50);
    expect(state.row).toMatchObject({ index: 0, label: null });
    expect(host.heard).toEqual([
      ["ready", { state: null }],
      ["row", { index: 0 }],
      ["shown", { index: 0 }],
    ]);
  });

  it("comes back as it was left, at T = ∞ too", async () => {
    const host = new SampleHost();
    const first = await opened(host);
    await first.goTo(7);
    first.pin(0.5);
    first.calibration.setClip(1e-6);
    first.calibration.setConvention("(lo, hi]");
    first.commitTemperature(Infinity);
    const ready = { version: 1, temperature: Infinity, row: 7, tab: "Distribution", pinned: [0.5] };
    const calibration = { clip: 1e-6, bins: 15, convention: "(lo, hi]" };

    const { state } = await opened(host);
    const saved = { ...ready, overrides: {}, calibration };
    expect(host.heard).toContainEqual(["ready", { state: saved }]);
    expect(state).toMatchObject({ rowIndex: 7, pinned: [0.5], desk: { choice: calibration } });
    expect(state.row?.index).toBe(7);
  });

  it("goes to the row that a person asked the host for", async () => {
    const host = new SampleHost();
    host.memory = {
      version: 1,
      temperature: 1,
      row: 7,
      tab: "Calibration",
      pinned: [],
      overrides: {},
    };
    host.opened = { ...host.opened, row: 12 };
    const { state } = await opened(host);
    expect(state).toMatchObject({ rowIndex: 12, tab: "Distribution" });
    expect(state.row?.index).toBe(12);
  });

  it("forgets a state that another version wrote", async () => {
    const host = new SampleHost();
    host.memory = { version: 99, row: 7 };
    expect((await opened(host)).state.rowIndex).toBe(0);
  });

  it("says what is wrong with the file, and shows it once it is right", async () => {
    const host = new SampleHost();
    const good = host.opened;
    host.opened = { ...good, info: null, failure: { message: "Cut short.", reason: "TRUNCATED" } };
    const session = await opened(host);
    expect(session.state.failure?.message).toBe("Cut short.");

    host.tell("opened", good);
    await settle();
    expect(session.state.failure).toBeNull();
    expect(session.state.row?.index).toBe(0);
  });

  it("keeps its row when the file is written anew, as far as there is one", async () => {
    const host = new SampleHost();
    const session = await opened(host);
    await session.goTo(40);
    host.tell("opened", { ...host.opened, info: dumpInfo({ rows: 60 }) });
    await settle();
    expect(session.state.row?.index).toBe(40);
    host.tell("opened", { ...host.opened, info: dumpInfo({ rows: 20 }) });
    await settle();
    expect(session.state.row?.index).toBe(19);
  });

  it("never leaves a failed start waiting", async () => {
    const host = new SampleHost({ ready: () => Promise.reject(new Error("The worker is gone.")) });
    expect((await opened(host)).state.failure?.message).toBe("The worker is gone.");
  });
});

describe("going to a row", () => {
  it("stops at the ends", async () => {
    const session = await opened(new SampleHost());
    await session.goTo(1000);
    expect(session.state.row?.index).toBe(49);
    await session.goTo(-3);
    expect(session.state.row?.index).toBe(0);
  });

  it("shows the last one asked for, whatever the order of the replies", async () => {
    const host = new SampleHost({
      row: async ({ index }) => {
        await new Promise(resolve => setTimeout(resolve, index === 1 ? 20 : 1));
        return { index, logits: Float64Array.of(1, 2, 3, 4), label: null };
      },
    });
    const session = await opened(host);
    await Promise.all([session.goTo(1), session.goTo(2)]);
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(session.state.row?.index).toBe(2);
  });

  it("tells why a row can't be had", async () => {
    const host = new SampleHost({
      row: ({ index }) =>
        index === 0
          ? Promise.resolve({ index, logits: Float64Array.of(1, 2, 3, 4), label: null })
          : Promise.reject(new Error("dump.npy is gone.")),
    });
    const session = await opened(host);
    await session.goTo(1);
    expect(session.state.message).toEqual({ level: "problem", text: "dump.npy is gone." });
  });
});

describe("the reading", () => {
  it("gathers what is chosen, and gives it back to the guess", async () => {
    const session = await opened(new SampleHost());
    await session.choose({ kind: "probabilities" });
    await session.choose({ scores: "sigmoid" });
    expect(session.state.info?.overrides).toEqual({ kind: "probabilities", scores: "sigmoid" });
    await session.backToGuess("kind", "voidAs");
    expect(session.state.info?.overrides).toEqual({ scores: "sigmoid" });
  });

  it("keeps labels but not the slicing when another array is shown", async () => {
    const session = await opened(new SampleHost());
    await session.choose({ labels: null, slicing: { classAxis: 0, at: [null, 1] } });
    await session.chooseMember("dump.npy#other");
    expect(session.state.info?.overrides).toEqual({ labels: null, logits: "dump.npy#other" });
  });

  it("stays as it is when the host refuses", async () => {
    const host = new SampleHost({ read: () => Promise.reject(new Error("No such axis.")) });
    const session = await opened(host);
    await session.choose({ slicing: { classAxis: 9, at: [] } });
    expect(session.state.message?.text).toBe("No such axis.");
    expect(session.state.info?.overrides).toEqual({});
  });
});

describe("pinned temperatures", () => {
  it("are few, sorted and different", async () => {
    const session = await opened(new SampleHost());
    for (const T of [2, 0.5, 2, 1, 4]) session.pin(T);
    expect(session.state.pinned).toEqual([0.5, 1, 2]);
    session.unpin(1);
    expect(session.state.pinned).toEqual([0.5, 2]);
  });
});

describe("a walk over the rows", () => {
  it("goes from the least certain to the next", async () => {
    const host = new SampleHost();
    const session = await opened(host);
    const rows = [];
    for (let i = 0; i < 4; i++) {
      await session.walk.toFirst("least certain");
      rows.push(session.state.row?.index);
    }
    expect(rows).toEqual([1, 2, 0, 1]);
    expect(session.state.message?.text).toBe("The least certain of 3 rows.");
    expect(host.heard.filter(([name]) => name === "scan")).toHaveLength(1);
  });

  it("asks anew at another temperature, but not for a miss", async () => {
    const host = new SampleHost();
    const session = await opened(host);
    await session.walk.toFirst("most certain");
    session.commitTemperature(2);
    await session.walk.toNextMiss();
    expect(session.state.row?.index).toBe(1);
    expect(host.heard.filter(([name]) => name === "scan")).toHaveLength(1);
    await session.walk.toFirst("most certain");
    expect(host.heard.filter(([name]) => name === "scan")).toHaveLength(2);
  });

  it("can be ended from the progress that it shows", async () => {
    const host = new SampleHost({
      scan: (_, { signal, progress }) =>
        new Promise((_resolve, reject) => {
          setTimeout(() => progress(3, 10), 520);
          signal.addEventListener("abort", () => reject(new Error("Ended.")));
        }),
    });
    const session = await opened(host);
    const walk = session.walk.toNextMiss();
    expect(session.state.job).toBeNull();
    await vi.waitFor(() => expect(session.state.job).toMatchObject({ done: 3, total: 10 }));
    session.state.job?.cancel();
    await walk;
    expect(session.state.job).toBeNull();
    expect(session.state.message).toBeNull();
  });
});

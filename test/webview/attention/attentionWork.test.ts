import { beforeAll, describe, expect, it, vi } from "vitest";
import { profileMap } from "../../../src/compute/attentionPasses";
import { curveNumbers, headMeasureNames } from "../../../src/core";
import { createPlainKernel } from "../../../src/core/kernel";
import type { AttentionSetInfo } from "../../../src/protocol/attention";
import type { AttentionDesk } from "../../../webview/attention/attentionDesk";
import { linesMaker } from "../../../webview/attention/headLines";
import { weightsMaker } from "../../../webview/attention/weightsAt";
import { Session } from "../../../webview/session";
import { causalScores, mapOf, plainReading } from "../../core/attention/maps";
import { SampleHost } from "../sampleHost";
import { dumpInfo } from "../samples";

const map = mapOf(causalScores);
const head = { map, profile: profileMap(map, createPlainKernel()) };
const set = (id: string): AttentionSetInfo => {
  return { id, sizes: { batch: 1, layer: 2, head: 3 }, rows: 4, columns: 4 };
};

beforeAll(() => {
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
});

function attentionHost(change: ConstructorParameters<typeof SampleHost>[0] = {}): SampleHost {
  const host = new SampleHost({
    attention: async ({ overrides }) => ({
      reading: { ...plainReading, causal: overrides.causal ?? false },
      guess: plainReading,
      fill: null,
      looked: 5,
      queryTokens: null,
      keyTokens: null,
      problems: [],
    }),
    attentionHead: async () => head,
    attentionHeads: async ({ temperature }) => ({
      temperature,
      measures: new Float64Array(6 * headMeasureNames.length).fill(temperature),
      leftOut: new Int32Array(6),
      miniatures: new Float32Array(6 * 16),
      miniatureSize: [4, 4],
    }),
    attentionCurves: async () => ({ curves: new Float64Array(6 * curveNumbers).fill(7), every: 2 }),
    attentionKeys: async () => {
      return { share: 0.9, temperatures: [1], keys: Float64Array.of(2), queries: 4 };
    },
    ...change,
  });
  host.opened = { ...host.opened, info: dumpInfo({ attention: [set("a"), set("b")] }) };
  return host;
}

/** Waits until the tab shows what a test is about. */
const until = (session: Session, holds: (desk: AttentionDesk) => boolean) =>
  vi.waitFor(() => expect(holds(session.state.attention)).toBe(true), { timeout: 10_000 });

async function opened(
  host: SampleHost,
  holds = (desk: AttentionDesk) => desk.curves !== null && desk.keys !== null,
): Promise<Session> {
  const session = new Session(host);
  await session.start();
  session.showTab("Attention");
  await until(session, holds);
  return session;
}

const asked = (host: SampleHost) =>
  host.heard.map(([name]) => name).filter(name => name.startsWith("attention"));

describe("the work of the Attention tab", () => {
  it("begins once its tab is shown: what the maps are, the map, all heads, their curves", async () => {
    const host = attentionHost();
    const session = new Session(host);
    await session.start();
    expect(asked(host)).toEqual([]);
    session.showTab("Attention");
    await until(session, desk => desk.curves !== null);
    expect(asked(host)).toEqual([
      "attention",
      "attentionHead",
      "attentionKeys",
      "attentionHeads",
      "attentionCurves",
    ]);
    const { attention } = session.state;
    expect(attention).toMatchObject({ set: { id: "a" }, query: 3 });
    expect(attention.shown?.head.map.queries).toBe(4);
  });

  it("asks for another head alone, and for all of them at another T once that rests", async () => {
    const host = attentionHost();
    const session = await opened(host);
    host.heard.length = 0;
    session.attention.goTo({ layer: 1, head: 2 });
    await until(session, desk => desk.shown?.place.head === 2 && desk.keys !== null);
    expect(asked(host)).toEqual(["attentionHead", "attentionKeys"]);
    expect(session.state.attention.shown?.place).toEqual({ batch: 0, layer: 1, head: 2 });
    host.heard.length = 0;
    session.commitTemperature(2);
    session.commitTemperature(3);
    await until(session, desk => desk.heads?.temperature === 3);
    expect(asked(host)).toEqual(["attentionHeads"]); // once for both
  });

  it("has live numbers while the slider moves, and exact ones where it rests", async () => {
    const session = await opened(attentionHost());
    const linesAt = linesMaker();
    const { attention } = session.state;
    const at = (T: number) => linesAt(attention, T, "nats");
    expect(at(1)).toMatchObject({ temperature: 1, note: "" });
    expect(at(2).lines[5].values[0]).toBeCloseTo(7, 9);
    expect(at(2).note).toMatch(/≈.*one query in 2/);
    expect(at(Infinity)).toMatchObject({ temperature: 1 }); // the last there is, beyond the profile
  });

  it("reads the maps as a person chose, until they are guessed again", async () => {
    const session = await opened(attentionHost());
    session.attention.chooseReading({ causal: true });
    await until(session, desk => desk.reading?.reading.causal === true);
    session.attention.backToGuess();
    await until(session, desk => desk.reading?.reading.causal === false);
  });

  it("comes back as it was left, also when the maps are smaller by then", async () => {
    const host = attentionHost();
    const first = await opened(host);
    first.attention.chooseSet("b");
    await until(first, desk => desk.set?.id === "b" && desk.shown !== null);
    first.attention.goTo({ layer: 1, head: 2 });
    first.attention.compareWith({ batch: 0, layer: 1, head: 1 });
    first.attention.show({ query: 1, scale: "log" });

    const again = (await opened(host, desk => desk.other !== null)).state.attention;
    expect(again).toMatchObject({ set: { id: "b" }, query: 1, scale: "log" });
    expect(again.other?.place).toEqual({ batch: 0, layer: 1, head: 1 });

    const small = { ...set("b"), sizes: { batch: 1, layer: 1, head: 1 } };
    host.opened = { ...host.opened, info: dumpInfo({ attention: [small] }) };
    const last = await opened(host, desk => desk.shown !== null);
    expect(last.state.attention.place).toEqual({ batch: 0, layer: 0, head: 0 });
  });

  it("measures no overview of what has too many heads to be attention", async () => {
    const host = attentionHost();
    const images = { ...set("a"), sizes: { batch: 1, layer: 10_000, head: 3 } };
    host.opened = { ...host.opened, info: dumpInfo({ attention: [images] }) };
    await opened(host, desk => desk.keys !== null);
    expect(asked(host)).toEqual(["attention", "attentionHead", "attentionKeys"]);
  });

  it("says what went wrong with a map", async () => {
    const attentionHead = () => Promise.reject(new Error("Too large."));
    const session = await opened(attentionHost({ attentionHead }), () => true);
    await vi.waitFor(() => expect(session.state.message?.text).toBe("Too large."));
  });
});

describe("weights at a temperature", () => {
  it("have ln Z of the row profile on the slider, and of the scores beyond it", () => {
    const weightsAt = weightsMaker();
    for (const T of [0, 0.05, 1, 20, Infinity]) {
      const { logZ } = weightsAt(head, T);
      const terms = [1, 1, 0, -2].map(z => Math.exp(z === 1 ? 0 : (z - 1) / T));
      expect(logZ[3]).toBeCloseTo(Math.log(terms.reduce((sum, v) => sum + v, 0)), 5);
    }
    expect(weightsAt(head, 1)).toBe(weightsAt(head, 1));
  });
});

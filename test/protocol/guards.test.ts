import { describe, expect, it } from "vitest";
import { viewGuards } from "../../src/protocol/guards";
import { readOverrides } from "../../src/protocol/overrides";
import { readViewState } from "../../src/protocol/viewState";

describe("what a view may ask", () => {
  it("is passed on as it is when it is right", () => {
    expect(viewGuards.row({ index: 5 })).toEqual({ index: 5 });
    expect(viewGuards.scan({ temperature: Infinity })).toEqual({ temperature: Infinity });
    expect(viewGuards.values({ start: 0, count: 100 })).toEqual({ start: 0, count: 100 });
  });

  it.each([
    ["a negative row", () => viewGuards.row({ index: -1 })],
    ["a row that is no number", () => viewGuards.row({ index: "1" })],
    ["a negative temperature", () => viewGuards.scan({ temperature: -1 })],
    ["no temperature", () => viewGuards.scan({ temperature: NaN })],
    ["too many values", () => viewGuards.values({ start: 0, count: 1e9 })],
    ["a role there is not", () => viewGuards.pickSource({ role: "constructor" })],
    ["bytes that are none", () => viewGuards.save({ name: "a.png", bytes: [1, 2] })],
    ["a reading of maps that is none", () => viewGuards.attentionHead({ set: "a", reading: {} })],
    ["a scale by nothing", () => viewGuards.attention({ set: "a", overrides: { scaleBy: 0 } })],
    [
      "a kind that maps don't have",
      () => viewGuards.attention({ set: "a", overrides: { kind: "values" } }),
    ],
    ["nothing at all", () => viewGuards.row(null)],
  ])("is refused when it is %s", (_, ask) => {
    expect(ask).toThrow(/request/i);
  });
});

describe("what a view may ask about attention", () => {
  const reading = {
    kind: "logits",
    turned: false,
    maskBelow: -9.8e8,
    scaleBy: null,
    causal: true,
  };
  const place = { batch: 0, layer: 1, head: 2 };

  it("is passed on as it is when it is right, without unknown fields", () => {
    const asked = { set: "a.npz#attention", reading, place };
    expect(viewGuards.attentionHead({ ...asked, evil: 1 })).toEqual(asked);
    const overrides = { kind: "probabilities", turned: true, masks: false, scaleBy: null };
    expect(viewGuards.attention({ set: "a", overrides: { ...overrides, evil: 1 } })).toEqual({
      set: "a",
      overrides,
    });
  });

  it("is refused for a place that can't be", () => {
    for (const layer of [-1, 0.5, NaN, "1"]) {
      const asked = { set: "a", reading, place: { ...place, layer } };
      expect(() => viewGuards.attentionHead(asked)).toThrow(/layer/);
    }
  });
});

describe("overrides", () => {
  it("keep known fields and drop the rest", () => {
    const slicing = { classAxis: 1, at: [0, null] };
    const given = { kind: "logits", labels: null, slicing, evil: 1, voidAs: "bfloat16" };
    expect(readOverrides(given)).toEqual({
      kind: "logits",
      labels: null,
      slicing,
      voidAs: "bfloat16",
    });
  });

  it.each([
    [{ kind: "magic" }],
    [{ scores: 1 }],
    [{ voidAs: "float64" }],
    [{ slicing: [] }],
    [null],
  ])("refuse %j", given => expect(() => readOverrides(given)).toThrow());
});

describe("saved view state", () => {
  const state = {
    version: 1,
    temperature: 0.5,
    row: 3,
    tab: "Distribution",
    pinned: [2],
    overrides: { kind: "probabilities" },
  };

  it("comes back as it was", () => {
    expect(readViewState(structuredClone(state))).toEqual(state);
  });

  const attention = {
    setId: null,
    place: { batch: 0, layer: 1, head: 2 },
    otherPlace: null,
    query: 4,
    overrides: { causal: true },
    naming: "patches",
    scale: "log",
    pooling: "mean",
  };

  const calibration = { clip: 1e-12, bins: 10, convention: "(lo, hi]" };

  it("may have what was chosen about calibration and attention", () => {
    const chosen = { ...state, tab: "Attention", calibration, attention };
    expect(readViewState(structuredClone(chosen))).toEqual(chosen);
  });

  it.each([
    ["an unknown scale of colours", { attention: { ...attention, scale: "rainbow" } }],
    ["a floor beyond 1", { calibration: { ...calibration, clip: 2 } }],
    ["another version", { version: 2 }],
    ["a broken temperature", { temperature: -1 }],
    ["a broken row", { row: 0.5 }],
    ["an unknown tab", { tab: "Nowhere" }],
    ["too many pins", { pinned: [1, 2, 3, 4, 5] }],
    ["broken overrides", { overrides: { kind: 5 } }],
  ])("is forgotten when it has %s", (_, change) => {
    expect(readViewState({ ...state, ...change })).toBeNull();
  });

  it("is forgotten when there is none", () => {
    expect(readViewState(undefined)).toBeNull();
    expect(readViewState("state")).toBeNull();
  });
});

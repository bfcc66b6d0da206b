import type { DumpInfo, SourceInfo } from "../../src/protocol/dumpInfo";

/** A float32 array of 50 rows of 4 classes. */
export function arraySource(id: string): SourceInfo {
  const [file, name = ""] = id.split("#");
  return {
    id,
    file,
    name,
    what: "array",
    dtype: "float32",
    shape: [50, 4],
    refusal: null,
  };
}

/** A plain dump of 50 rows of 4 classes, with changes. */
export function dumpInfo(change: Partial<DumpInfo> = {}): DumpInfo {
  return {
    file: "dump.npy",
    format: "npy",
    size: 928,
    sources: [arraySource("dump.npy")],
    reading: {
      logits: "dump.npy",
      voidAs: null,
      kind: "logits",
      scores: "softmax",
      slicing: { classAxis: 1, at: [null, null] },
      labels: null,
      classNames: null,
      tokens: null,
    },
    overrides: {},
    dtype: "float32",
    shape: [50, 4],
    rows: 50,
    classes: 4,
    kindReason: "No row sums to 1.",
    hasLabels: false,
    classNames: null,
    tokens: null,
    attention: [],
    problems: [],
    notes: [],
    temperature: null,
    ...change,
  };
}

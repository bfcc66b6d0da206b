import { describe, expect, it } from "vitest";
import { findClass } from "../../webview/distribution/findClass";
import { fileLines, rowLines } from "../../webview/distribution/summary";
import { describe as describeRow } from "../../src/core";
import { badgesOf } from "../../webview/header/badges";
import { withAxisAt, withClassAxis } from "../../webview/header/slicingChange";
import { arraySource, dumpInfo } from "./samples";

describe("a change of the slicing", () => {
  const slicing = { classAxis: 2, at: [1, null, null] };

  it("frees the axis that becomes the classes", () => {
    expect(withClassAxis(slicing, 0)).toEqual({ classAxis: 0, at: [null, null, null] });
  });

  it("holds an axis at an index it has, or lets it free", () => {
    expect(withAxisAt(slicing, 1, 5, "3").at).toEqual([1, 3, null]);
    expect(withAxisAt(slicing, 1, 5, "9").at).toEqual([1, 4, null]);
    expect(withAxisAt(slicing, 1, 5, "-2").at).toEqual([1, 0, null]);
    expect(withAxisAt(slicing, 0, 5, " ").at).toEqual([null, null, null]);
    expect(withAxisAt(slicing, 0, 5, "all").at).toEqual([null, null, null]);
  });
});

describe("the badges", () => {
  const textsOf = (info: Parameters<typeof badgesOf>[0]) => badgesOf(info).map(b => b.text);

  it("say what the file is read as", () => {
    expect(textsOf(dumpInfo())).toEqual([
      "50 × 4",
      "float32",
      "logits",
      "no labels",
      "no class names",
      "no tokens",
    ]);
  });

  it("name the array where there are several, and the file of labels beside it", () => {
    const info = dumpInfo({
      sources: [arraySource("dump.npy#a"), arraySource("dump.npy#b"), arraySource("labels.npy")],
      reading: { ...dumpInfo().reading, logits: "dump.npy#a", labels: "labels.npy" },
    });
    expect(textsOf(info)).toContain("array: a");
    expect(textsOf(info)).toContain("labels: labels.npy");
  });

  it("leave labels and names out for an array that is no logits", () => {
    const reading = { ...dumpInfo().reading, kind: "values" as const };
    expect(textsOf(dumpInfo({ reading }))).toEqual(["50 × 4", "float32", "values"]);
  });

  it("mark what a person chose", () => {
    const badges = badgesOf(dumpInfo({ overrides: { scores: "sigmoid" } }));
    expect(badges.filter(b => b.chosen).map(b => b.name)).toEqual(["kind"]);
  });
});

describe("the summary", () => {
  it("has the facts of the file at full precision", () => {
    expect(fileLines(dumpInfo()).map(l => [l.name, l.value])).toEqual([
      ["Rows", 50],
      ["Classes", 4],
      ["Data type", "float32"],
      ["Kind", "logits"],
    ]);
  });

  it("has the row's entropy in the unit of the settings", () => {
    const d = describeRow([0, 0], 1);
    expect(rowLines(d, "nats")[0]).toMatchObject({ value: Math.LN2, text: "0.693147 nats" });
    expect(rowLines(d, "bits")[0]).toMatchObject({ value: 1, text: "1.00000 bits" });
  });
});

describe("a class by its name or index", () => {
  const names = ["cat", "1", "dog"];

  it("is found by name first", () => {
    expect(findClass(" dog ", names, 3)).toBe(2);
    expect(findClass("1", names, 3)).toBe(1);
    expect(findClass("0", names, 3)).toBe(0);
    expect(findClass("2", null, 3)).toBe(2);
  });

  it("is not found beyond the last, nor by half a name", () => {
    for (const text of ["3", "-1", "1.5", "do", ""]) {
      expect(findClass(text, names, 3)).toBeUndefined();
    }
    expect(findClass("dog", names, 2)).toBeUndefined();
  });
});

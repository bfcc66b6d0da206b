import { describe, expect, it } from "vitest";
import { dumpNameAt } from "../../../src/dump/inText/dumpName";

/** The name at the mark `|`. */
function nameIn(marked: string) {
  const at = marked.indexOf("|");
  return dumpNameAt(marked.slice(0, at) + marked.slice(at + 1), at);
}

describe("a string that names a dump", () => {
  it.each([
    ['z = np.load("val_|logits.npy")', ["val_logits.npy"]],
    ["z = np.load('|runs/1/val.npz')", ["runs/1/val.npz"]],
    ['load_file(r"runs\\1\\model|.safetensors")', ["runs/1/model.safetensors"]],
    ["const file = `./a.logits.js|on`;", ["./a.logits.json"]],
    ['{"file": "scores.jsonl|"}', ["scores.jsonl"]],
    ['z = np.load(Path("data") / "val.n|py")', ["data/val.npy", "val.npy"]],
    ['z = np.load(os.path.join("data", "a", "va|l.npy"))', ["data/a/val.npy", "val.npy"]],
  ])("is found under the mouse: %s", (line, paths) => {
    expect(nameIn(line)?.paths).toEqual(paths);
  });

  it.each([
    'z = np.load|("val_logits.npy")',
    'z = np.load("val_logits.npy"|)',
    'require("./pack|age.json")',
    'f(f"val_{i}|.npy")',
    'glob("*|.npy")',
    'get("https://example.org/va|l.npy")',
    '"a.npy" +| "b.npy"',
    'x = ".n|py"',
    "val_logits|.npy",
    "|",
  ])("is none: %s", line => {
    expect(nameIn(line)).toBeNull();
  });

  it("has its columns, and stands for itself unless it is a part of a path", () => {
    expect(nameIn('np.load("a|.npy")')).toMatchObject({ start: 9, end: 14, isWhole: true });
    expect(nameIn('np.load(root / "a|.npy")')!.isWhole).toBe(false);
    expect(nameIn('np.load(root + "a|.npy")')!.isWhole).toBe(false);
    expect(nameIn('join(root, "a|.npy")')!.isWhole).toBe(false);
  });

  it("is not searched for far away in a long line", () => {
    expect(dumpNameAt(`"${"a".repeat(5000)}.npy"`, 4000)).toBeNull();
  });
});

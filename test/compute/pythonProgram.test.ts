import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { measure } from "../../src/compute/calibrationPasses";
import { pythonProgram } from "../../src/dump/pythonProgram";
import { fitDump, openDump, quietContext } from "./dumpOf";

const samples = path.resolve(__dirname, "../../media/samples");
const folder = mkdtempSync(path.join(tmpdir(), "logit-inspector-python-"));
const hasNumpy = spawnSync("python3", ["-c", "import numpy"]).status === 0;

/** What the program prints for each temperature: name to number, in order. */
function run(program: string): Record<string, number>[] {
  const { stdout, stderr, status } = spawnSync("python3", ["-"], {
    input: program,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const reports: Record<string, number>[] = [];
  for (const line of stdout.trim().split("\n")) {
    const at = line.lastIndexOf(" ");
    const name = line.slice(0, at).trim();
    if (name === "T") reports.push({});
    reports.at(-1)![name] = Number(line.slice(at + 1).replace("inf", "Infinity"));
  }
  return reports;
}

async function compare(file: string, clip: number | null = null): Promise<void> {
  const dump = await openDump(file);
  const { reading, sources } = dump.info();
  const sourceOf = (id: string) => {
    const source = sources.find(entry => entry.id === id)!;
    const { name, shape } = source;
    return { path: path.join(path.dirname(file), source.file), name, shape };
  };
  const choice = { clip, bins: 15, convention: "[lo, hi)" } as const;
  const temperatures = [1, 2.5, 0, Infinity];
  const program = pythonProgram({
    reading,
    logits: sourceOf(reading.logits),
    labels: sourceOf(reading.labels!),
    temperatures,
    bins: 15,
    clip,
  });
  const reports = run(program);
  const { fit } = await fitDump(dump, choice);
  expect(reports.at(-1)!.T).toBeCloseTo(fit.T, 6);
  for (const [i, T] of [...temperatures, fit.T].entries()) {
    const asked = { ...choice, temperature: T };
    const { metrics: ours } = await measure(dump.view, asked, quietContext());
    const theirs = reports[i];
    const near = (name: string, value: number) =>
      Number.isFinite(value)
        ? expect(theirs[name], `${name} at T = ${T}`).toBeCloseTo(value, 7)
        : expect(theirs[name], `${name} at T = ${T}`).toBe(value);
    near("Accuracy", ours.accuracy);
    near("NLL", ours.nll);
    near("ECE", ours.ece);
    near("Brier", ours.brier);
    near("Mean confidence", ours.confidence);
    near("Entropy", ours.entropy);
  }
  await dump.close();
}

describe.skipIf(!hasNumpy)("the NumPy program that is copied (needs python3 with NumPy)", () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["digits/val_logits.npy", "digits/val.npz", "stream.logits.jsonl"])(
    "prints what is shown for %s",
    name => compare(path.join(samples, name)),
  );

  const write = (name: string, value: unknown) => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const labels = [0, 1, 2, 1];

  it("prints what is shown for probabilities, clipped", () => {
    const right = Array.from({ length: 60 }, () => [0.7, 0.2, 0.1]);
    const probs = [...right, [0.5, 0.5, 0], [0, 1, 0]];
    const answers = [...right.map((_, r) => (r % 9 === 0 ? 1 : 0)), 2, 1];
    return compare(write("p.logits.json", { probs, labels: answers }), 1e-12);
  });

  it("prints what is shown for one score a row, and for a slice", async () => {
    const scores = [0.5, -1, 0.3, 2, -0.2];
    await compare(write("b.logits.json", { scores, labels: [1, 0, 0, 1, 1] }));
    const rows = [
      [1, 2, 0],
      [0, 1, 1.5],
      [2, 2.5, 2],
      [0, 1, 0],
    ];
    await compare(write("s.logits.json", { logits: [rows, rows], labels: [labels, labels] }));
  });
});

import { createRowProfile, sumFields } from "../../src/core";
import { randomStream, unit } from "../../src/core/calibration/random";
import { createKernel, createPlainKernel, type Kernel, type RowBlock } from "../../src/core/kernel";
import type { Comparison, Contestant, Tools } from "./comparison";

/** Bytes that go into the room at a time, or a row where that is more. */
const blockBytes = 1 << 19;

/** The loops of one thread, in memory, a block after another: what an element costs. */
export default function kernel({ quick }: Tools): Comparison[] {
  const millions = quick ? 2 : 20; // of which each takes as many ms as an element ns
  return [1000, 151_936].map(classes => ({
    title: `Kernel: ${millions} million float32, rows of ${classes.toLocaleString("en")}`,
    contestants: () => contestants(Math.round((millions * 1e6) / classes), classes),
  }));
}

type Work = (block: RowBlock, first: number) => void;

/** Logits as of a trained network: normal, three wide. */
function logitMaker(): () => number {
  const random = randomStream(7);
  const uniform = () => (random() + 0.5) * unit;
  return () => 3 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function contestants(rows: number, classes: number): Contestant[] {
  const logits = new Uint8Array(Float32Array.from({ length: rows * classes }, logitMaker()).buffer);
  const labels = Int32Array.from({ length: rows }, (_, r) => (r * 7919) % classes);
  const sums = new Float64Array(rows * sumFields);
  const profile = createRowProfile(rows, classes);
  const totals = new Float64Array(classes);
  const simd = createKernel();
  const plain = createPlainKernel();
  const perBlock = Math.max(1, Math.floor(blockBytes / (4 * classes)));

  const contestant = (name: string, kernel: Kernel, work: Work): Contestant => ({
    name,
    run() {
      for (let first = 0; first < rows; first += perBlock) {
        const end = Math.min(rows, first + perBlock);
        const bytes = logits.subarray(4 * classes * first, 4 * classes * end);
        kernel.room(bytes.length).set(bytes);
        const block = { rows: end - first, classes, labels: labels.subarray(first, end) };
        work({ type: "float32", ...block }, first);
      }
    },
  });
  return [
    contestant("ours: Z in float32", simd, block => simd.sumRows(block, 0.7, "single", sums)),
    contestant("ours: sums in float64", simd, (block, at) =>
      simd.sumRows(block, 0.7, "double", sums.subarray(at * sumFields)),
    ),
    contestant("ours: the profile", simd, (block, at) => simd.profileRows(block, profile, at)),
    contestant("ours: probabilities by class", simd, (block, at) =>
      simd.addProbabilities(
        block,
        0.7,
        sums.subarray(at * sumFields),
        totals,
        1 / 15,
        () => undefined,
      ),
    ),
    contestant("plain TypeScript: sums", plain, block => plain.sumRows(block, 0.7, "double", sums)),
    contestant("plain TypeScript: profile", plain, (b, at) => plain.profileRows(b, profile, at)),
    contestant("limit: copied into the room", simd, () => undefined),
  ];
}

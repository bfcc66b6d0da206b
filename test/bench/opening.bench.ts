import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { topK } from "../../src/core";
import { readLogits } from "../../src/dump/view";
import { npyHeader } from "../../src/host/npyHeader";
import type { Comparison, Contestant, Tools } from "./comparison";
import { openHere } from "./ours";

/** Opening, and choosing the top classes of a vocabulary. */
export default function opening(tools: Tools): Comparison[] {
  return [
    {
      title: "Opening a 200 MB .npy to its first row",
      contestants: () => firstRow(tools),
    },
    {
      title: "Top 10 of 151,936 logits",
      contestants: top10,
    },
  ];
}

function firstRow({ folder, python }: Tools): Contestant[] {
  const file = path.join(folder, "large.npy");
  const shape = [50_000, 500];
  const header = npyHeader(shape);
  const handle = openSync(file, "w");
  writeSync(handle, header);
  ftruncateSync(handle, header.length + 8 * shape[0] * shape[1]);
  closeSync(handle);
  const numpy =
    "import numpy as np\n" +
    `def first(**how): np.array(np.load(${JSON.stringify(file)}, **how)[0])\n`;
  return [
    { name: "ours: open, guess, read one row", run: () => openFirstRow(file) },
    python("NumPy: np.load", "numpy", "timed(first)", numpy),
    python("NumPy: np.load, mmap", "numpy", "timed(lambda: first(mmap_mode='r'))", numpy),
  ];
}

async function openFirstRow(file: string): Promise<void> {
  const dump = await openHere(file);
  await readLogits(dump.view, 0, 1);
  await dump.close();
}

function top10(): Contestant[] {
  const vocabulary = Float64Array.from({ length: 151_936 }, (_, k) => Math.sin(k * k));
  return [
    { name: "ours: bounded heap", run: () => void topK(vocabulary, 10) },
    {
      name: "sorting all indices",
      run: () =>
        void Uint32Array.from(vocabulary.keys())
          .sort((a, b) => vocabulary[b] - vocabulary[a])
          .slice(0, 10),
    },
  ];
}

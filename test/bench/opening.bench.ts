import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { OpenDump } from "../../src/compute/openDump";
import { topK } from "../../src/core";
import { parseJson } from "../../src/formats/json/parser";
import { readLogits } from "../../src/dump/view";
import { FileSource } from "../../src/compute/fileSource.node";
import { npyHeader } from "../../src/host/npyHeader";
import type { Comparison, Tools } from "./comparison";

const rows = 50_000;
const classes = 500;

/** Opening, reading JSON, and choosing the top classes of a vocabulary. */
export default async function ({ folder, python }: Tools): Promise<Comparison[]> {
  const file = path.join(folder, "large.npy");
  const handle = openSync(file, "w");
  const header = npyHeader([rows, classes]);
  writeSync(handle, header);
  ftruncateSync(handle, header.length + 8 * rows * classes);
  closeSync(handle);

  const matrix = Array.from({ length: 2000 }, (_, r) =>
    Array.from({ length: 1000 }, (_, k) => Math.fround(Math.sin(r * 1000 + k) * 10)),
  );
  const json = path.join(folder, "matrix.json");
  writeFileSync(json, JSON.stringify(matrix));
  const bytes = readFileSync(json);
  const vocabulary = Float64Array.from({ length: 151_936 }, (_, k) => Math.sin(k * k));

  return [
    {
      title: "First row of a 200 MB .npy (float64, 50,000 × 500)",
      contestants: [
        { name: "ours: open, guess, read one row", run: () => openFirstRow(file) },
        python("NumPy: np.load, one row", "numpy", numpyFirstRow(file, "")),
        python(
          "NumPy: np.load with mmap, one row",
          "numpy",
          numpyFirstRow(file, ", mmap_mode='r'"),
        ),
      ],
    },
    {
      title: `JSON of 2 million numbers (${(bytes.length / 1e6).toFixed(0)} MB)`,
      contestants: [
        { name: "ours: bytes to typed arrays", run: () => void parseJson("matrix.json", bytes) },
        {
          name: "JSON.parse of the decoded text",
          run: () => void JSON.parse(new TextDecoder().decode(bytes)),
        },
      ],
    },
    {
      title: "Top 10 of 151,936 logits",
      contestants: [
        { name: "ours: bounded heap", run: () => void topK(vocabulary, 10) },
        {
          name: "sorting all indices",
          run: () =>
            void Uint32Array.from(vocabulary.keys())
              .sort((a, b) => vocabulary[b] - vocabulary[a])
              .slice(0, 10),
        },
      ],
    },
  ];
}

async function openFirstRow(file: string): Promise<void> {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const open = () => FileSource.open(file);
  const dump = await OpenDump.open(open, { name: "large.npy", path: file }, [], {}, context);
  await readLogits(dump.view, 0, 1);
  await dump.close();
}

function numpyFirstRow(file: string, options: string): string {
  return (
    "import time, numpy as np\n" +
    "start = time.perf_counter()\n" +
    `row = np.array(np.load(${JSON.stringify(file)}${options})[0])\n` +
    "print((time.perf_counter() - start) * 1000)\n"
  );
}

import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { randomStream, unit } from "../../src/core/calibration/random";
import type { Comparison, Contestant, Tools } from "./comparison";
import { openHere } from "./ours";
import { isLines, parseFile } from "./parse";
import { output } from "./python";

/** Ten million numbers in the shapes that people write, from the file to arrays. */
export default function json(tools: Tools): Comparison[] {
  return [
    ...compared(tools, "JSON of 10 million numbers", matrix),
    ...compared(tools, "JSON of 10 million numbers of 17 digits", longNumbers),
    ...compared(tools, "JSON of 10 million numbers in one list", list),
    ...compared(tools, "JSONL of 10,000 records with 1,000 numbers", records),
  ];
}

function compared(tools: Tools, title: string, layout: Layout): Comparison[] {
  return [
    { title, contestants: () => times(tools, written(tools, layout)) },
    {
      title: `${title}: peak memory`,
      contestants: () => peaks(tools, written(tools, layout)),
      unit: "MB",
    },
  ];
}

/** They take long, and the first shape has more. */
const rounds = 3;

/** How a file of numbers is written. */
interface Layout {
  readonly file: string;
  readonly number: (value: number) => string;
  /** What stands before all, before a row, between two, behind a row, and behind all. */
  readonly around: readonly [string, string, string, string, string];
}

const short = (value: number) => value.toPrecision(8);
const matrix: Layout = {
  file: "matrix.logits.json",
  number: short,
  around: ["[", "[", ", ", "]", "]"],
};
const longNumbers: Layout = {
  file: "long.logits.json",
  number: String,
  around: ["[", "[", ",", "]", "]"],
};
const list: Layout = { file: "list.json", number: short, around: ["[", "", ", ", "", "]"] };
const records: Layout = {
  file: "records.logits.jsonl",
  number: short,
  around: ["", '{"logits": [', "\n", '], "label": 3}', "\n"],
};

/** The file so written, once. */
function written({ folder, quick }: Tools, layout: Layout): string {
  const file = path.join(folder, layout.file);
  if (!existsSync(file)) write(file, layout, quick ? 500 : 10_000);
  return file;
}

function times({ python }: Tools, file: string): Contestant[] {
  return [
    {
      name: "ours: file to typed arrays",
      run: async () => void (await (await openHere(file)).close()),
      rounds,
    },
    { name: "JSON.parse", run: () => parseFile(file), rounds },
    {
      ...python("Python's json", "json", `timed(lambda: ${inPython(file)})`, "import json"),
      rounds,
    },
  ];
}

/** An expression that reads the file, and keeps nothing. */
function inPython(file: string): string {
  const opened = `open(${JSON.stringify(file)})`;
  return isLines(file)
    ? `[json.loads(line) for line in ${opened}] and None`
    : `json.load(${opened}) and None`;
}

function peaks({ pythonPeak }: Tools, file: string): Contestant[] {
  const cold = path.join(__dirname, "cold.js");
  const of = (job: string) => () =>
    output(process.execPath, [cold, job, file, "peak"]).then(Number);
  const program = `import json, common\n${inPython(file)}\ncommon.peak()`;
  return [
    { name: "ours, Node and all", run: of("open"), rounds: 1 },
    { name: "JSON.parse", run: of("parse"), rounds: 1 },
    pythonPeak("Python's json", "json, numpy", program),
  ];
}

function write(file: string, { number, around }: Layout, rows: number): void {
  const random = randomStream(1);
  const [start, open, between, close, end] = around;
  const handle = openSync(file, "w");
  writeSync(handle, start);
  for (let r = 0; r < rows; r++) {
    const row = Array.from({ length: 1000 }, () => number(30 * (random() * unit - 0.5)));
    const comma = open.endsWith("[") ? "," : between;
    writeSync(handle, `${r === 0 ? "" : between}${open}${row.join(comma)}${close}`);
  }
  writeSync(handle, end);
  closeSync(handle);
}

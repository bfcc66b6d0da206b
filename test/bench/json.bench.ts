import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { randomStream, unit } from "../../src/core/calibration/random";
import type { Comparison, Contestant, Tools } from "./comparison";
import { openHere } from "./ours";

/** Ten million numbers in the other shapes that people write, from the file to arrays. */
export default function json(tools: Tools): Comparison[] {
  return [
    {
      title: "JSON of 10 million numbers of 17 digits",
      contestants: () => contestants(tools, longNumbers),
    },
    {
      title: "JSON of 10 million numbers in one list",
      contestants: () => contestants(tools, list),
    },
    {
      title: "JSONL of 10,000 records with 1,000 numbers",
      contestants: () => contestants(tools, records),
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

function contestants({ folder, quick }: Tools, layout: Layout): Contestant[] {
  const file = path.join(folder, layout.file);
  write(file, layout, quick ? 500 : 10_000);
  const parse = () => {
    const text = readFileSync(file, "utf8");
    if (!file.endsWith("l")) return void JSON.parse(text);
    for (const line of text.split("\n")) if (line !== "") JSON.parse(line);
  };
  return [
    {
      name: "ours: file to typed arrays",
      run: async () => void (await (await openHere(file)).close()),
      rounds,
    },
    { name: "JSON.parse of the file", run: parse, rounds },
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

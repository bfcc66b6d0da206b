import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { guessKind, toLogits } from "../../src/core";
import { randomStream, unit } from "../../src/core/calibration/random";
import { runSteps } from "../../src/core/steps";
import { rowAt } from "../../src/dump/inText/rowAt";
import { sampleAt } from "../../src/dump/inText/sampleAt";
import type { Place, TextLines } from "../../src/dump/inText/text";
import { tokenAt } from "../../src/dump/inText/tokenAt";
import { rowTable } from "../../src/host/hover/rowTable";
import type { Comparison, Contestant, Outcome, Tools } from "./comparison";
import { isLines, parseFile } from "./parse";

/** The row under the mouse in a text of 50 MB, against parsing the text as a whole. */
export default function hover({ quick, folder }: Tools): Comparison[] {
  const chars = quick ? 5e6 : 50e6;
  const at = (title: string, classes: number, layout: Layout): Comparison => ({
    title: `Hover in 50 MB of JSON: ${title}`,
    contestants: () => {
      const file = path.join(folder, layout.lines ? "hover.jsonl" : "hover.json");
      writeFileSync(file, write(chars, classes, layout));
      return contestants(file);
    },
  });
  const list = { start: '{"logits": [', open: "[", comma: ", ", close: "]", end: "]}" };
  return [
    at("one line, 1,000 classes", 1000, { ...list, between: ", " }),
    at("one line, 3 classes", 3, { ...list, between: ", " }),
    at("one line beyond Latin letters", 1000, {
      ...list,
      start: `{"é…": 1, ${list.start.slice(1)}`,
      between: ", ",
    }),
    at("a row a line", 1000, { ...list, between: ",\n" }),
    at("a number a line", 1000, {
      start: '{"logits": [\n',
      open: " [\n",
      comma: ",\n",
      between: ",\n",
      close: "\n ]",
      end: "\n]}",
    }),
    at("a record a line", 1000, {
      ...list,
      start: "",
      open: '{"logits": [',
      between: "\n",
      close: '], "label": 3}',
      end: "\n",
      lines: true,
    }),
  ];
}

/** What stands before all, before a row, between two numbers, between rows, behind a row and all. */
interface Layout {
  readonly start: string;
  readonly open: string;
  readonly comma: string;
  readonly between: string;
  readonly close: string;
  readonly end: string;
  readonly lines?: boolean;
}

function write(chars: number, classes: number, layout: Layout): string {
  const { start, open, comma, between, close, end } = layout;
  const random = randomStream(1);
  const number = () => (30 * (random() * unit - 0.5)).toPrecision(8);
  const distinct = Array.from({ length: 100 }, () => {
    const row = Array.from({ length: classes }, number);
    return `${open}${row.join(comma)}${close}`;
  });
  const rows = Math.floor(chars / (distinct[0].length + between.length));
  const text = Array.from({ length: rows }, (_, r) => distinct[r % 100]).join(between);
  return `${start}${text}${end}`;
}

/** A text as the extension host gets it: a string for each line. */
function linesOf(file: string): string[] {
  return JSON.parse(JSON.stringify(readFileSync(file, "utf8").split("\n"))) as string[];
}

/** From a place to what is shown of it, asked as the editor asks. */
function hoverAt(text: TextLines, place: Place, byLine: boolean): Outcome {
  const start = performance.now();
  const other = tokenAt(text, place, byLine) ?? sampleAt(text, place, byLine);
  const row = runSteps(rowAt(text, place, "scoresKeys", byLine));
  if (other || !row) throw new Error("This is no row.");
  const logits = toLogits(row.values, guessKind([row.values], "float64"));
  const view = { temperature: 1, topK: 5, entropyUnit: "nats", classNames: null } as const;
  rowTable({ logits, label: row.label }, { ...view, entry: row.entry });
  const note = `row ${row.index?.at(-1) ?? "?"} of ${row.sizes.at(-1) ?? "?"}`;
  return { cost: performance.now() - start, note };
}

/** By its part of the text. */
function placeAt(lines: readonly string[], part: number): Place {
  const line = Math.min(lines.length - 1, Math.floor(part * lines.length));
  const within = lines.length === 1 ? part : 0.5;
  const from = Math.floor(within * lines[line].length);
  // Rows may take many lines each, with brackets alone on some.
  if (lines[line].includes(".")) return { line, character: lines[line].lastIndexOf(".", from + 9) };
  return { line: line - 2, character: 0 };
}

const textOf = (lines: readonly string[]): TextLines => {
  return { lineCount: lines.length, lineAt: line => lines[line] };
};

/** Places of the text of which the slowest counts. */
const places = Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200);

function contestants(file: string): Contestant[] {
  const lines = linesOf(file);
  const text = textOf(lines);
  const hover = (part: number) => hoverAt(text, placeAt(lines, part), isLines(file));
  const at = (where: string, part: number) => ({ name: `ours: ${where}`, run: () => hover(part) });
  const first = (when: string, isPrepared: boolean): Contestant => ({
    name: `ours: the first in a new process, ${when}`,
    run: () => firstHover(file, isPrepared),
    rounds: 5,
  });
  return [
    at("in the middle", 0.5),
    at("near the start", 0.01),
    at("near the end", 0.99),
    {
      name: `ours: the slowest of ${places.length} places`,
      run: () => places.map(hover).reduce((a, b) => (b.cost > a.cost ? b : a)),
    },
    first("prepared", true),
    first("unprepared", false),
    {
      name: "JSON.parse of the file",
      run: () => parseFile(file),
      rounds: 1,
    },
  ];
}

function firstHover(file: string, isPrepared: boolean): Outcome {
  const printed = execFileSync(process.execPath, [__filename, file, String(isPrepared)]);
  return JSON.parse(printed.toString()) as Outcome;
}

/** A hover in the middle, in a process of its own; a text that is shown has its first row looked at. */
if (process.argv[1] === __filename) {
  const [file, isPrepared] = process.argv.slice(2);
  const lines = linesOf(file);
  const text = textOf(lines);
  if (isPrepared === "true") hoverAt(text, placeAt(lines, 0.01), isLines(file));
  console.log(JSON.stringify(hoverAt(text, placeAt(lines, 0.5), isLines(file))));
}

import { randomStream, unit } from "../../src/core/calibration/random";
import { runSteps } from "../../src/core/steps";
import { rowAt } from "../../src/dump/inText/rowAt";
import type { TextLines } from "../../src/dump/inText/text";
import type { Comparison, Contestant, Tools } from "./comparison";

/** The row under the mouse in a text of 50 MB, against parsing the text as a whole. */
export default function hover({ quick }: Tools): Comparison[] {
  const chars = quick ? 5e6 : 50e6;
  const at = (title: string, classes: number, layout: Layout): Comparison => ({
    title: `Hover in 50 MB of JSON: ${title}`,
    contestants: () => contestants(write(chars, classes, layout), layout.lines ?? false),
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

function write(chars: number, classes: number, layout: Layout): string[] {
  const { start, open, comma, between, close, end } = layout;
  const random = randomStream(1);
  const number = () => (30 * (random() * unit - 0.5)).toPrecision(8);
  const distinct = Array.from({ length: 100 }, () => {
    const row = Array.from({ length: classes }, number);
    return `${open}${row.join(comma)}${close}`;
  });
  const rows = Math.floor(chars / (distinct[0].length + between.length));
  const text = Array.from({ length: rows }, (_, r) => distinct[r % 100]).join(between);
  return `${start}${text}${end}`.split("\n");
}

/** At a place by its part of the text: each round asks at the same ones. */
function contestants(lines: readonly string[], isLines: boolean): Contestant[] {
  const text: TextLines = { lineCount: lines.length, lineAt: line => lines[line] };
  const hoverAt = (name: string, part: number): Contestant => ({
    name: `ours: ${name}`,
    run() {
      const line = Math.min(lines.length - 1, Math.floor(part * lines.length));
      const within = lines.length === 1 ? part : 0.5;
      const character = lines[line].indexOf(".", Math.floor(within * lines[line].length));
      const start = performance.now();
      const row = runSteps(rowAt(text, { line, character }, "scoresKeys", isLines));
      const note = row ? `row ${row.index?.at(-1) ?? "?"} of ${row.sizes.at(-1) ?? "?"}` : "silent";
      return { cost: performance.now() - start, note };
    },
  });
  return [
    hoverAt("in the middle", 0.5),
    hoverAt("near the start", 0.01),
    hoverAt("near the end", 0.99),
    {
      name: "JSON.parse of the text",
      run() {
        const whole = lines.join("\n");
        if (!isLines) return void JSON.parse(whole);
        for (const line of lines) if (line !== "") JSON.parse(line);
      },
      rounds: 1,
    },
  ];
}

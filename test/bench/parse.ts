import { readFileSync } from "node:fs";

/** Whether a file's lines are documents of their own. */
export const isLines = (file: string) => file.endsWith(".jsonl");

/** What a program without a reader of its own does: parses the file, or each of its lines. */
export function parseFile(file: string): void {
  const text = readFileSync(file, "utf8");
  if (!isLines(file)) return void JSON.parse(text);
  for (const line of text.split("\n")) if (line !== "") JSON.parse(line);
}

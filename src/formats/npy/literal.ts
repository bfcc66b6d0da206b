import { fileError } from "../errors";
import type { FormatError } from "../errors";
import { limits } from "../limits";

/** A Python literal as it can stand in a .npy header. */
export type Literal =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float" | "none" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "list" | "tuple"; readonly items: readonly Literal[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [Literal, Literal])[] };

/**
 * Parses the Python literal of a .npy header, in one pass and without evaluating anything. Takes
 * what NumPy's own versions have written since 2006 (`3L`, `u'...'`, double quotes, line breaks);
 * comments, joined strings and arithmetic, which only a person would write, are refused.
 * @throws FormatError BAD_HEADER with the offset inside the header
 */
export function parseLiteral(fileName: string, text: string): Literal {
  return new LiteralParser(fileName, text).parse();
}

const words = new Map<string, Literal>([
  ["True", { kind: "bool", value: true }],
  ["False", { kind: "bool", value: false }],
  ["None", { kind: "none" }],
]);
const simpleEscapes = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
]);
const hexDigits = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);
const closers = { "(": ")", "[": "]", "{": "}" } as const;

class LiteralParser {
  private at = 0;

  constructor(
    private readonly fileName: string,
    private readonly text: string,
  ) {}

  parse(): Literal {
    const value = this.value(0);
    this.skipBlanks();
    if (this.at < this.text.length) throw this.error("has text after its description");
    return value;
  }

  private value(depth: number): Literal {
    this.skipBlanks();
    if (depth > limits.npyLiteralDepth) throw this.error("is nested too deeply");
    const char = this.text[this.at];
    if (char === "(" || char === "[") return this.sequence(char, depth);
    if (char === "{") return this.dict(depth);
    if (char === "'" || char === '"') return this.string();
    if ((char === "u" || char === "U") && /['"]/.test(this.text[this.at + 1] ?? "")) {
      this.at++;
      return this.string();
    }
    return /[A-Za-z_]/.test(char ?? "") ? this.word() : this.number();
  }

  /** A tuple or list; a single value in parentheses without a comma is that value, as in Python. */
  private sequence(open: "(" | "[", depth: number): Literal {
    const items: Literal[] = [];
    let comma = false;
    this.at++;
    while (!this.take(closers[open])) {
      if (items.length > 0 && !comma) throw this.error("lacks a comma");
      items.push(this.value(depth + 1));
      comma = this.take(",");
    }
    if (open === "(" && items.length === 1 && !comma) return items[0]!;
    return { kind: open === "(" ? "tuple" : "list", items };
  }

  private dict(depth: number): Literal {
    const entries: (readonly [Literal, Literal])[] = [];
    let comma = true;
    this.at++;
    while (!this.take(closers["{"])) {
      if (!comma) throw this.error("lacks a comma");
      const key = this.value(depth + 1);
      if (!this.take(":")) throw this.error("lacks a colon after a key");
      entries.push([key, this.value(depth + 1)]);
      comma = this.take(",");
    }
    return { kind: "dict", entries };
  }

  private string(): Literal {
    const quoteMark = this.text[this.at++]!;
    const pieces: string[] = [];
    for (;;) {
      const plain = this.match(/[^'"\\\n\r\0]+/y);
      if (plain) pieces.push(plain);
      const char = this.text[this.at++];
      if (char === quoteMark) return { kind: "string", value: pieces.join("") };
      if (char === "\\") pieces.push(this.escape());
      else if (char === "'" || char === '"') pieces.push(char);
      else throw this.error("has an unfinished string");
    }
  }

  private escape(): string {
    const char = this.text[this.at++] ?? "";
    const simple = simpleEscapes.get(char);
    if (simple !== undefined) return simple;
    const length = hexDigits.get(char) ?? 0;
    const hex = this.text.slice(this.at, this.at + length);
    const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === length ? parseInt(hex, 16) : Infinity;
    if (code > 0x10ffff) throw this.error("has an unknown escape in a string");
    this.at += length;
    return String.fromCodePoint(code);
  }

  private word(): Literal {
    const start = this.at;
    const literal = words.get(this.match(/\w+/y)!);
    if (literal) return literal;
    this.at = start;
    throw this.error("has a word that is no plain value");
  }

  private number(): Literal {
    const float = this.match(/-?(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][+-]?\d+)?/y);
    if (float) return { kind: "float" };
    const integer = this.match(/-?(0+|[1-9]\d*)(?![\d_.xXoObBjJ])/y);
    if (!integer) throw this.error("has something that is no plain value");
    if (integer.length > limits.npyIntegerDigits) throw this.error("has an impossibly long number");
    this.match(/[lL]/y);
    return { kind: "int", value: BigInt(integer) };
  }

  private take(char: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private skipBlanks(): void {
    this.match(/[ \t\n\r\f]+/y);
  }

  /** The text that a sticky pattern matches here, and steps over it. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private error(what: string): FormatError {
    return fileError(
      "BAD_HEADER",
      this.fileName,
      `its header ${what}, so it is damaged or was not written by NumPy; save it again.`,
      { offset: this.at },
    );
  }
}

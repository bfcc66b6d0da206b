import type { ByteSource } from "../byteSource";
import { FormatError } from "../errors";
import type { JsonValue, OpenedFile } from "../index";
import { limits } from "../limits";
import { LineReader } from "./lines";
import { faultError } from "./parseJson";
import { JsonParser } from "./parser";
import { JsonFault, newline } from "./place";
import { takePieces, type RowReaders } from "./rows";
import { TextWindow, type Progress } from "./text";

export interface JsonOptions {
  readonly progress?: Progress;
  /** Threads that read the rows of a large matrix at the same time. */
  readonly rowReaders?: RowReaders;
}

/**
 * Opens a JSON or JSONL file, read once through a window. Which of the two is seen in the content: a
 * first line that is a complete value, and more on the next lines, is JSONL. The name decides where
 * the content could be either: one line alone, and broken files.
 * @throws FormatError
 */
export async function openJson(
  source: ByteSource,
  { progress, rowReaders }: JsonOptions = {},
): Promise<OpenedFile> {
  const text = await TextWindow.open(source, progress);
  const namedLines = /\.(jsonl|ndjson)$/i.test(source.name);
  try {
    return await readContent(text, namedLines, rowReaders);
  } catch (error) {
    // A broken file that is named as JSONL is told line by line.
    const isBroken = error instanceof FormatError && /^BAD_|TOO_DEEP/.test(error.reason);
    if (!namedLines || !isBroken) throw error;
    return { format: "jsonl", lines: await new LineReader(text.from(0)).readAll() };
  }
}

async function readContent(
  text: TextWindow,
  namedLines: boolean,
  rowReaders: RowReaders | undefined,
): Promise<OpenedFile> {
  const parser = new JsonParser();
  const { value, line, start, end } = await readValue(text, parser, rowReaders);
  const more = await skipToMore(text, end);
  if (!more) {
    const isLine = namedLines && (await text.place(end, start)).line === 1;
    return isLine ? { format: "jsonl", lines: [{ line, value }] } : { format: "json", value };
  }
  const fault = new JsonFault(more.start, "BAD_JSON", "there is more after the end of the value");
  const tooMuch = async () =>
    faultError(text.name, fault, more.start, await text.place(more.start));
  if (more.breaks === 0 || (await text.place(end, start)).line > 1) throw await tooMuch();
  await text.advance(more.start - text.offset);
  const reader = new LineReader(text, parser, line + more.breaks);
  await reader.readNext();
  // Unless the name says JSONL, the second line has to be a value by itself too.
  if (!namedLines && reader.lines[0]?.error) throw await tooMuch();
  return { format: "jsonl", lines: [{ line, value }, ...(await reader.readAll())] };
}

interface FirstValue {
  readonly value: JsonValue;
  /** Number of the line it starts on. */
  readonly line: number;
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset behind it. */
  readonly end: number;
}

/** Reads the value that the text starts with. */
async function readValue(
  text: TextWindow,
  parser: JsonParser,
  rowReaders: RowReaders | undefined,
): Promise<FirstValue> {
  await text.advance(0);
  const { start, breaks } = (await skipToMore(text, 0)) ?? { start: text.offset, breaks: 0 };
  let taken = start - text.offset;
  for (let helped = false; ;) {
    parser.pausesAtRows = rowReaders !== undefined && !helped;
    taken = await feed(text, parser, taken);
    if (parser.done) break;
    helped = parser.pausesAtRows && parser.atRows;
    if (helped) {
      const behind = await skipRows(text, parser, rowReaders!, taken);
      if (behind === null) continue;
      // Where pieces stop soon, those asked for in vain may not become the rule.
      if (behind - taken < worthwhile * limits.jsonPieceBytes) rowReaders = undefined;
      taken = behind;
    }
    // Also what stopped the pieces: a window of it is read in order before they are tried again.
    await text.advance(taken);
    taken = text.at;
  }
  return { value: parser.take(), line: 1 + breaks, start, end: text.offset + taken };
}

/** So many pieces taken make good for those that were asked for in vain. */
const worthwhile = 16;

/**
 * Lets other threads read the rows that come next, if there is enough of them.
 * @returns index of the first row not read; null where nothing was tried
 */
async function skipRows(
  text: TextWindow,
  parser: JsonParser,
  readers: RowReaders,
  taken: number,
): Promise<number | null> {
  const place = text.inFile;
  const shift = text.offset + (place?.start ?? 0);
  const left = place ? place.source.size - shift - taken : 0;
  if (!place || left < limits.jsonThreadBytes || readers.atOnce === 0) return null;
  const report = (done: number) => text.report(done);
  return (await takePieces(parser, readers, place.source, shift + taken, report)) - shift;
}

async function feed(text: TextWindow, parser: JsonParser, at: number): Promise<number> {
  try {
    parser.lookAt(text.bytes, text.bytes.length, text.last);
    return parser.feed(at);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const offset = text.offset + error.at;
    throw faultError(text.name, error, offset, await text.place(offset));
  }
}

/** Moves over blanks. @returns where more begins, with the line breaks before; null at the end */
async function skipToMore(
  text: TextWindow,
  from: number,
): Promise<{ start: number; breaks: number } | null> {
  let breaks = 0;
  for (let at = from - text.offset; ; at = text.at) {
    const blanks = skipBlanks(text.bytes, at);
    breaks += blanks.breaks;
    if (blanks.at < text.bytes.length) return { start: text.offset + blanks.at, breaks };
    if (text.last) return null;
    await text.advance(text.bytes.length);
  }
}

function skipBlanks(bytes: Uint8Array, at: number): { at: number; breaks: number } {
  let breaks = 0;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === newline) breaks++;
    else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) break;
  }
  return { at, breaks };
}

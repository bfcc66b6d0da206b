import type { ByteSource } from "../byteSource";
import { limits } from "../limits";
import { JsonParser, type Rows } from "./parser";

/**
 * Rows of a matrix of numbers (a list of lists that are alike), read without what comes before:
 * plain data, for another thread to send.
 */
export interface RowPiece extends Rows {
  /** Offset of the bracket of the first row. */
  readonly begin: number;
}

/** A row may reach so far past the end of its piece; longer ones are left to the reader. */
const overhang = limits.jsonPieceBytes >> 2;

/**
 * Reads the rows that start in a range of bytes, guessing that the first opening bracket there
 * starts one. Whether it does is known to who reads the document in order: if so, a piece that
 * begins where the one before it ended is right as well. Rows that are not alike, the last one of
 * the list, and whatever else comes end the piece before them.
 * @param bytes may go on behind `to`, so that the last row is whole
 * @returns null where no row was found
 */
export function scanRows(
  bytes: Uint8Array,
  from: number,
  to: number,
  parser = new JsonParser(),
): RowPiece | null {
  const begin = bytes.subarray(0, to).indexOf(openBracket, from);
  if (begin < 0) return null;
  const rows = parser.feedRows(bytes, begin, to);
  return rows.shape[0] === 0 ? null : { begin, ...rows };
}

/** Scans pieces of a file one after another, with one parser and one buffer for all of them. */
export class PieceScanner {
  private readonly parser = new JsonParser();
  private room = new Uint8Array();

  /** The bytes of a file of `size` that the piece needs, to be read from offset `from` on. */
  roomFor(from: number, to: number, size: number): Uint8Array {
    const length = Math.min(to + overhang, size) - from;
    if (this.room.length < length) this.room = new Uint8Array(length);
    return this.room.subarray(0, length);
  }

  /** `scanRows` over what was read, with offsets in the file. */
  scan(bytes: Uint8Array, from: number, to: number): RowPiece | null {
    const piece = scanRows(bytes, 0, to - from, this.parser);
    return piece && { ...piece, begin: piece.begin + from, end: piece.end + from };
  }

  /** Both, over a source. @throws the source's FormatError */
  async read(source: ByteSource, from: number, to: number): Promise<RowPiece | null> {
    const room = this.roomFor(from, to, source.size);
    return this.scan(await source.read(from, room.length, undefined, room), from, to);
  }
}

/** Where pieces are read at the same time: other threads. */
export interface RowReaders {
  /** Pieces to ask for ahead; 0 as long as no thread has started, which asking begins. */
  readonly atOnce: number;
  /** `PieceScanner.read` over the file that is being opened. */
  read(from: number, to: number): Promise<RowPiece | null>;
}

/** A piece that is being read. */
interface Asked {
  readonly piece: Promise<RowPiece | null>;
  readonly isOwn: boolean;
  isThere: boolean;
}

/**
 * Takes over rows from pieces, one after the other, for as long as each begins where the one before
 * it ended. This thread reads pieces as well, while it would have to wait for the others.
 * @param offset in the source of the row that the parser waits for
 * @param taken is told the offset after each piece
 * @returns the offset of the first row not taken
 */
export async function takePieces(
  parser: JsonParser,
  readers: RowReaders,
  source: ByteSource,
  offset: number,
  taken?: (offset: number) => void,
): Promise<number> {
  const own = new PieceScanner();
  const queue: Asked[] = [];
  let next = offset;
  const ask = (isOwn: boolean) => {
    const from = next;
    next = Math.min(from + limits.jsonPieceBytes, source.size);
    const piece = isOwn ? own.read(source, from, next) : readers.read(from, next);
    const asked: Asked = { piece, isOwn, isThere: false };
    const note = () => void (asked.isThere = true);
    // What is not taken over is not missed, nor is its fault.
    piece.then(note, note);
    queue.push(asked);
    return piece;
  };
  for (;;) {
    const most = 2 * readers.atOnce;
    const mayAsk = () => next < source.size && queue.length < most;
    while (mayAsk() && queue.filter(lent).length < readers.atOnce) void ask(false);
    if (mayAsk() && !queue[0]?.isThere) {
      await ask(true).catch(() => undefined);
      continue;
    }
    const piece = await queue.shift()?.piece;
    if (piece?.begin !== offset || !parser.takeRows(piece)) break;
    offset = piece.end;
    taken?.(offset);
  }
  await Promise.allSettled(queue.map(asked => asked.piece));
  return offset;
}

const lent = ({ isOwn, isThere }: Asked) => !isOwn && !isThere;

const openBracket = 0x5b;

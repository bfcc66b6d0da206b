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
const overhang = limits.jsonWindowBytes;

/**
 * Reads the rows that start in a range of bytes, guessing that the first opening bracket there
 * starts one. Whether it does is known to who reads the document in order: if so, a piece that
 * begins where the one before it ended is right as well. Rows that are not alike, the last one of
 * the list, and whatever else comes end the piece before them.
 * @param bytes may go on behind `to`, so that the last row is whole
 * @returns null where no row was found
 */
export function scanRows(bytes: Uint8Array, from: number, to: number): RowPiece | null {
  const begin = bytes.subarray(0, to).indexOf(openBracket, from);
  if (begin < 0) return null;
  const rows = new JsonParser().feedRows(bytes, begin, to);
  return rows.shape[0] === 0 ? null : { begin, ...rows };
}

/** `scanRows` over a range of a file, with offsets in it. @throws the source's FormatError */
export async function readRowPiece(
  source: ByteSource,
  from: number,
  to: number,
): Promise<RowPiece | null> {
  const length = Math.min(to + overhang, source.size) - from;
  const piece = scanRows(await source.read(from, length), 0, to - from);
  return piece && { ...piece, begin: piece.begin + from, end: piece.end + from };
}

/** Where pieces are read at the same time: other threads. */
export interface RowReaders {
  readonly atOnce: number;
  /** `readRowPiece` over the file that is being opened. */
  read(from: number, to: number): Promise<RowPiece | null>;
}

/**
 * Takes over rows from pieces, one after the other, for as long as each begins where the one before
 * it ended.
 * @param offset of the row that the parser waits for
 * @param size of the text; the last pieces are left to the reader
 * @returns the offset of the first row not taken
 */
export async function takePieces(
  parser: JsonParser,
  readers: RowReaders,
  offset: number,
  size: number,
): Promise<number> {
  const pieces: Promise<RowPiece | null>[] = [];
  for (let asked = offset; ;) {
    for (; pieces.length < readers.atOnce && asked < size; asked += limits.jsonPieceBytes) {
      const piece = readers.read(asked, Math.min(asked + limits.jsonPieceBytes, size));
      // What is not taken over is not missed.
      piece.catch(() => undefined);
      pieces.push(piece);
    }
    const piece = await pieces.shift();
    if (piece?.begin !== offset || !parser.takeRows(piece)) break;
    offset = piece.end;
  }
  await Promise.allSettled(pieces);
  return offset;
}

const openBracket = 0x5b;

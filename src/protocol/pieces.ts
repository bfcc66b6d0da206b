/**
 * VS Code copies a message several times, each time in one go: a profile of 44 MB held up the
 * extension host, which all extensions share, for 200 ms. So large arrays go ahead of the message
 * that has them, piece by piece, each when the one before it has arrived.
 */
import { isPlain, mapPlain } from "./wire";

/** Bytes of a piece; an array of no more stays in its message. */
export const pieceBytes = 1 << 20;

const kinds = { Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array };
type Kind = keyof typeof kinds;
type Large = InstanceType<(typeof kinds)[Kind]>;

/** Some bytes of an array. */
interface Piece {
  readonly type: "piece";
  readonly array: number;
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Of the whole array. */
  readonly size: number;
}

/** What stands for an array that went ahead. */
interface Reference {
  readonly $array: number;
  readonly kind: Kind;
}

/**
 * Posts messages by a function that returns when one has arrived. Those without a large array go at
 * once, and may overtake.
 */
export function inPieces(
  post: (message: unknown) => PromiseLike<unknown>,
): (message: unknown) => Promise<void> {
  let nextArray = 0;
  return async message => {
    const ahead = new Map<number, Large>();
    const lift = (value: unknown): unknown => {
      if (!isLarge(value)) return mapPlain(value, lift);
      ahead.set(nextArray, value);
      return { $array: nextArray++, kind: kindOf(value) } satisfies Reference;
    };
    const rest = lift(message);
    // A buffer of its own, as VS Code sends all of one; the same again, as it was copied by then.
    const room = new Uint8Array(ahead.size > 0 ? pieceBytes : 0);
    for (const [array, { buffer, byteOffset, byteLength }] of ahead) {
      for (let at = 0; at < byteLength; at += pieceBytes) {
        const bytes = room.subarray(0, Math.min(pieceBytes, byteLength - at));
        bytes.set(new Uint8Array(buffer, byteOffset + at, bytes.length));
        await post({ type: "piece", array, at, bytes, size: byteLength } satisfies Piece);
      }
    }
    await post(rest);
  };
}

/** The other side: hands on messages with the arrays that went ahead of them. */
export function joinPieces(listener: (message: unknown) => void): (message: unknown) => void {
  const arrays = new Map<number, Uint8Array>();
  const put = (value: unknown): unknown => {
    if (!isReference(value)) return mapPlain(value, put);
    const bytes = arrays.get(value.$array)!;
    arrays.delete(value.$array);
    return new kinds[value.kind](bytes.buffer as ArrayBuffer);
  };
  return message => {
    if (!isPiece(message)) return listener(put(message));
    const { array, at, bytes, size } = message;
    if (!arrays.has(array)) arrays.set(array, new Uint8Array(size));
    arrays.get(array)!.set(bytes, at);
  };
}

function kindOf(value: object): Kind {
  return value.constructor.name as Kind;
}

function isLarge(value: unknown): value is Large {
  return ArrayBuffer.isView(value) && value.byteLength > pieceBytes && kindOf(value) in kinds;
}

function isPiece(value: unknown): value is Piece {
  return isPlain(value) && value.type === "piece";
}

function isReference(value: unknown): value is Reference {
  return isPlain(value) && typeof value.$array === "number";
}

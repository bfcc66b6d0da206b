import type { Reason } from "../errors";

export const newline = 0x0a;

/** What a parser found wrong, at an offset of the bytes it was given. Becomes a FormatError. */
export class JsonFault extends Error {
  constructor(
    readonly at: number,
    readonly reason: Reason,
    readonly what: string,
  ) {
    super(what);
  }
}

/** Line and column, counted over pieces of a text; columns are characters. */
export class PlaceCounter {
  line = 1;
  column = 1;

  add(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === newline) {
        this.line++;
        this.column = 1;
      } else if ((byte & 0xc0) !== 0x80) this.column++;
    }
  }
}

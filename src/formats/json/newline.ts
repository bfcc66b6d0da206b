export const newline = 0x0a;

/**
 * Finds newline bytes, four bytes at a time: several times as fast as V8's own `indexOf`.
 * @returns a function from an offset to that of the first newline from there on, −1 without one
 */
export function newlineFinder(bytes: Uint8Array): (from: number) => number {
  const { byteOffset, length } = bytes;
  const aligned = (4 - (byteOffset & 3)) & 3;
  const words =
    length < 8
      ? new Int32Array()
      : new Int32Array(bytes.buffer, byteOffset + aligned, (length - aligned) >> 2);
  return from => {
    let at = from;
    for (; at < length && (at - aligned) & 3; at++) if (bytes[at] === newline) return at;
    const word = firstWithNewline(words, (at - aligned) >> 2);
    for (at = Math.max(at, aligned + 4 * word); at < length; at++) {
      if (bytes[at] === newline) return at;
    }
    return -1;
  };
}

/** Index of the first word that holds the byte; the number of words without one. */
function firstWithNewline(words: Int32Array, from: number): number {
  const { length } = words;
  let at = from;
  for (; at < length; at++) {
    // A byte of 0 where the newline was: the lowest such byte sets its highest bit (Mycroft).
    const zeroed = words[at]! ^ 0x0a0a0a0a;
    if (((zeroed - 0x01010101) & ~zeroed & -0x7f7f7f80) !== 0) break;
  }
  return at;
}

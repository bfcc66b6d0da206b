/**
 * The start of an .npy file (version 1.0) of little-endian float64 in C order.
 * Source: NumPy's format description, numpy.lib.format.
 */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '<f8', 'fortran_order': False, 'shape': (${dims}), }`;
  // Magic, version and length take 10 bytes; data start at a multiple of 64.
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const header = new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`);
  return Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0],
    ...[length & 0xff, length >> 8],
    ...header,
  ]);
}

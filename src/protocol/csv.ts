/**
 * A name as a cell of comma-separated values: quoted where needed; a leading sign could start a
 * formula in a spreadsheet, so that it is quoted, too.
 */
export function csvCell(name: string): string {
  const plain = /^[=+\-@\t]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

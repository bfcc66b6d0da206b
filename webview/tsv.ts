/** Rows as tab-separated text for the clipboard: what would break a cell becomes a space. */
export function toTsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows
    .map(cells => cells.map(cell => String(cell).replace(/[\t\r\n]+/g, " ")).join("\t"))
    .join("\n");
}

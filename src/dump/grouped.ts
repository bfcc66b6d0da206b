/**
 * A whole number ≥ 0 with a comma between thousands, as `toLocaleString("en")` writes it; that one
 * loads the platform's tables of languages at its first call: 8 MB and some 20 ms in each worker.
 */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

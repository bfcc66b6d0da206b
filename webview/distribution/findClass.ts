/**
 * The class that a person means: one with exactly this name, else one with this index.
 * Undefined where there is neither.
 */
export function findClass(
  text: string,
  names: readonly string[] | null,
  classes: number,
): number | undefined {
  const wanted = text.trim();
  const named = names?.indexOf(wanted) ?? -1;
  if (named >= 0 && named < classes) return named;
  const index = /^\d+$/.test(wanted) ? Number(wanted) : NaN;
  return index < classes ? index : undefined;
}

/** The axes that maps of a model are counted by, outermost first. */
export const axisNames = ["batch", "layer", "head"] as const;
export type AxisName = (typeof axisNames)[number];

/** What each axis counts. */
export interface AxisRoles {
  /** Of the numbers in names, in their order. */
  readonly counted: readonly AxisName[];
  /** Of an array's axes before the last two. */
  readonly leading: readonly AxisName[];
}

/**
 * Says what the axes of a set count. Numbers in names count heads where the word before them says
 * so, else layers; an array's own axes are what is left of batch, layer, head, from the right:
 * [H,Q,K], [L,H,Q,K], [B,L,H,Q,K], and [B,H,Q,K] in an array for each layer.
 * @param words the word before each number
 * @param leading how many axes an array has before its last two
 * @returns null where there are more axes than that
 */
export function assignAxes(words: readonly string[], leading: number): AxisRoles | null {
  const free = new Set<AxisName>(axisNames);
  const take = (name: AxisName): AxisName => {
    free.delete(name);
    return name;
  };
  const counted = words.map((word, i) => {
    const isHead = /^heads?$/.test(word) || (i > 0 && free.has("head") && !free.has("layer"));
    return take(isHead && free.has("head") ? "head" : free.has("layer") ? "layer" : "batch");
  });
  if (new Set(counted).size < counted.length || leading > free.size) return null;
  const left = axisNames.filter(name => free.has(name)).reverse();
  return { counted, leading: left.slice(0, leading).reverse() };
}

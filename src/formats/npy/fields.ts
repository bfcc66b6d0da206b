import { limits } from "../limits";
import { badDtype, parseDescr, tooLargeItem } from "./descr";
import type { Literal } from "./literal";

/**
 * Bytes of one element of a structured type, a list of `(name, type)` or `(name, type, shape)`,
 * or of a subarray `(type, shape)`. Such arrays are not shown, but told apart from broken ones.
 * @throws FormatError BAD_DTYPE, OBJECT_ARRAY, TOO_LARGE
 */
export function fieldsSize(fileName: string, descr: Literal & { kind: "list" | "tuple" }): bigint {
  if (descr.kind === "tuple") return subarraySize(fileName, descr.items);
  const names = new Set<string>();
  let size = 0n;
  for (const field of descr.items) {
    if (field.kind !== "tuple") throw badDtype(fileName, "has a field that is no pair");
    const [name, ...type] = field.items;
    for (const each of fieldNames(fileName, name)) {
      // Padding between fields has the empty name, any number of times.
      if (each !== "" && names.has(each)) throw badDtype(fileName, "has a field name twice");
      names.add(each);
    }
    size += subarraySize(fileName, type);
    if (size > limits.itemBytes) throw tooLargeItem(fileName);
  }
  return size;
}

/** A field's name, or its title and name. */
function fieldNames(fileName: string, name: Literal | undefined): string[] {
  const parts = name?.kind === "tuple" && name.items.length === 2 ? name.items : [name];
  return parts.map(part => {
    if (part?.kind !== "string") throw badDtype(fileName, "has a field without a name");
    return part.value;
  });
}

/** Size of `type` or `type, shape`. */
function subarraySize(fileName: string, [type, shape, ...more]: readonly Literal[]): bigint {
  if (!type || more.length > 0) throw badDtype(fileName, "has a field that is no pair");
  let size = parseDescr(fileName, type).size;
  const dims = shape?.kind === "tuple" ? shape.items : shape ? [shape] : [];
  for (const dim of dims) {
    if (dim.kind !== "int" || dim.value < 0n)
      throw badDtype(fileName, "has a field with a bad shape");
    size *= dim.value;
    if (size > limits.itemBytes) throw tooLargeItem(fileName);
  }
  return size;
}

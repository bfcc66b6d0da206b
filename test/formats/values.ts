import type { Tensor, Values } from "../../src/core/tensor";
import { elementCount } from "../../src/core/tensor";

/** A value as the expectations beside fixtures spell it: NaN, infinities, −0 and big integers as text. */
export type Spelled = number | string | boolean;

export function spell(value: number | bigint): Spelled {
  if (typeof value === "bigint") {
    const small = value >= -(2n ** 53n) && value <= 2n ** 53n;
    return small ? Number(value) : String(value);
  }
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

/** All elements of a tensor in C order, spelled; booleans as booleans. */
export async function spelledValues(tensor: Tensor): Promise<Spelled[]> {
  const stored = await tensor.read(0, elementCount(tensor.shape));
  const values = tensor.fortranOrder ? toCOrder(stored, tensor.shape) : [...stored];
  return values.map(value => (tensor.dtype === "bool" ? value === 1 : spell(value)));
}

function toCOrder(stored: Values, shape: readonly number[]): (number | bigint)[] {
  const count = elementCount(shape);
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const position = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      at += position * elementCount(shape.slice(0, axis));
    }
    return stored[at]!;
  });
}

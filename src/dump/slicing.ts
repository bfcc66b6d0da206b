import type { Slicing } from "./reading";

/**
 * The usual layout: the last axis holds the classes and the one before it the rows; further axes
 * (batch, layer, head) are held at 0. [K], [N,K], [B,S,V], [L,H,Q,K] all read this way.
 */
export function defaultSlicing(shape: readonly number[]): Slicing {
  const classAxis = shape.length - 1;
  return { classAxis, at: shape.map((_, axis) => (axis >= classAxis - 1 ? null : 0)) };
}

/** True when a slicing fits a shape: one entry an axis, the class axis free, indices in range. */
export function slicingFits(slicing: Slicing, shape: readonly number[]): boolean {
  const { classAxis, at } = slicing;
  return (
    at.length === shape.length &&
    Number.isInteger(classAxis) &&
    classAxis >= 0 &&
    classAxis < shape.length &&
    at[classAxis] === null &&
    at.every((i, axis) => i === null || (Number.isInteger(i) && i >= 0 && i < shape[axis]))
  );
}

/** Where the rows of a sliced array lie in storage. Offsets and strides are in elements. */
export interface RowPlan {
  readonly rows: number;
  readonly classes: number;
  readonly classStride: number;
  /** Sizes and strides of the free axes, in C order. */
  readonly free: readonly {
    readonly axis: number;
    readonly size: number;
    readonly stride: number;
  }[];
  readonly base: number;
}

/** Lays a slicing over a shape; a scalar is one row of one class. */
export function planRows(
  shape: readonly number[],
  fortranOrder: boolean,
  { classAxis, at }: Slicing,
): RowPlan {
  const strides = stridesOf(shape, fortranOrder);
  const free = shape
    .map((size, axis) => ({ axis, size, stride: strides[axis] }))
    .filter(({ axis }) => axis !== classAxis && at[axis] === null);
  return {
    rows: free.reduce((product, { size }) => product * size, 1),
    classes: classAxis < 0 ? 1 : shape[classAxis],
    classStride: classAxis < 0 ? 1 : strides[classAxis],
    free,
    base: at.reduce<number>((sum, i, axis) => sum + (i ?? 0) * strides[axis], 0),
  };
}

/** Storage offset of the first class of a row. */
export function rowStart(plan: RowPlan, row: number): number {
  let offset = plan.base;
  let left = row;
  for (let i = plan.free.length - 1; i >= 0; i--) {
    const { size, stride } = plan.free[i];
    offset += (left % size) * stride;
    left = Math.floor(left / size);
  }
  return offset;
}

/** Elements between neighbours along each axis. */
export function stridesOf(shape: readonly number[], fortranOrder: boolean): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  if (fortranOrder) {
    for (let i = 1; i < shape.length; i++) strides[i] = strides[i - 1] * shape[i - 1];
  } else {
    for (let i = shape.length - 2; i >= 0; i--) strides[i] = strides[i + 1] * shape[i + 1];
  }
  return strides;
}

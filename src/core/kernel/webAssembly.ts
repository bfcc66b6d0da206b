/** What is used of the global `WebAssembly`, which both Node and browsers have. */
interface WebAssemblyLike {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
}

/** The exports of assembly/index.ts. Addresses are bytes from the memory's start. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  roomStart(): number;
  labelsAt(): number;
  rowNumbersAt(): number;
  planesAt(): number;
  totalsAt(): number;
  foundProbabilitiesAt(): number;
  foundClassesAt(): number;
  sumRows(
    type: number,
    block: number,
    rows: number,
    classes: number,
    scratch: number,
    T: number,
    isSingle: boolean,
  ): void;
  profileRows(
    type: number,
    block: number,
    rows: number,
    classes: number,
    scratch: number,
    cutoff: number,
  ): void;
  addProbabilities(
    type: number,
    at: number,
    count: number,
    scratch: number,
    T: number,
    max: number,
    Z: number,
    threshold: number,
  ): number;
}

/**
 * Compiles and starts a module, which has a memory of its own.
 * @throws where there is no WebAssembly, or it knows no SIMD
 */
export function instantiate<Exports>(bytes: Uint8Array): Exports {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLike };
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
}

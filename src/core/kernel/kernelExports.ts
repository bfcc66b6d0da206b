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
    precision: number,
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

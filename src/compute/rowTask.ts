import {
  ClasswiseBins,
  LossSums,
  measureSums,
  scanSums,
  type BinConvention,
  type RowMeasures,
  type RowProfile,
  type RowScan,
} from "../core";
import {
  logitBytes,
  sumFields,
  type BlockType,
  type Kernel,
  type Precision,
  type RowBlock,
} from "../core/kernel/kernel";

/** "moments" for losses that err by some 1e-6. */
export type LossPrecision = Exclude<Precision, "single">;

/**
 * What a pass does with every row. Plain data, which can be posted to other threads; they write
 * their rows into its arrays where those are shared.
 */
export type RowTask =
  | { readonly what: "profile"; readonly profile: RowProfile }
  | {
      readonly what: "measure";
      readonly temperature: number;
      readonly measures: RowMeasures;
      /** Bins of the classwise error, which is summed over rows; null for none. */
      readonly classwise: { readonly bins: number; readonly convention: BinConvention } | null;
    }
  | { readonly what: "scan"; readonly temperature: number; readonly scan: RowScan }
  | {
      readonly what: "losses";
      readonly betas: readonly number[];
      readonly precision: LossPrecision;
    };

/** Rows that the kernel takes at a time at most, however short they are: each has its sums. */
const maxBlockRows = 4096;

/** How many rows of so many bytes a block of `blockBytes` holds: at least one. */
export function rowsPerBlock(rowBytes: number, blockBytes: number): number {
  return Math.min(maxBlockRows, Math.max(1, Math.floor(blockBytes / Math.max(1, rowBytes))));
}

/** Does a task block by block, in one thread. */
export class RowRunner {
  private sums = new Float64Array();
  /** One a β. */
  private readonly losses: readonly LossSums[];
  private readonly classwise: ClasswiseBins | null;

  /** @param labels of all rows of the pass, −1 for none */
  constructor(
    private readonly kernel: Kernel,
    private readonly task: RowTask,
    private readonly classes: number,
    private readonly labels: Int32Array,
  ) {
    const betas = task.what === "losses" ? task.betas : [];
    this.losses = betas.map(beta => new LossSums(classes, beta));
    const bins = task.what === "measure" ? task.classwise : null;
    this.classwise = bins && new ClasswiseBins(classes, bins.bins, bins.convention);
  }

  /** Where `rows` rows have to stand before `run`. */
  room(type: BlockType, rows: number): Uint8Array {
    return this.kernel.room(rows * this.classes * logitBytes[type]);
  }

  /** Takes in the rows from `first` on that stand in `room`. */
  run(type: BlockType, first: number, rows: number): void {
    const { kernel, task, classes } = this;
    const labels = this.labels.subarray(first, first + rows);
    const block = { type, rows, classes, labels };
    switch (task.what) {
      case "profile":
        return kernel.profileRows(block, task.profile, first);
      case "scan":
        kernel.sumRows(block, task.temperature, "single", this.sumsOf(rows));
        return scanSums(this.sumsOf(rows), task.scan, first);
      case "losses":
        for (const [i, beta] of task.betas.entries()) {
          kernel.sumRows(block, 1 / beta, task.precision, this.sumsOf(rows));
          this.losses[i].addSums(this.sumsOf(rows), labels);
        }
        return;
      case "measure":
        kernel.sumRows(block, task.temperature, "double", this.sumsOf(rows));
        measureSums(this.sumsOf(rows), labels, task.temperature, task.measures, first);
        return this.addClasses(block, task.temperature, this.sumsOf(rows));
    }
  }

  /** What is summed over rows and not kept by row, to be added up with other runners'. */
  parts(): Float64Array {
    return (
      this.classwise?.parts() ?? Float64Array.from(this.losses.flatMap(loss => [...loss.parts()]))
    );
  }

  private addClasses(block: RowBlock, T: number, sums: Float64Array): void {
    this.classwise?.add(sums, block.labels, (totals, threshold, found) =>
      this.kernel.addProbabilities(block, T, sums, totals, threshold, found),
    );
  }

  private sumsOf(rows: number): Float64Array {
    if (this.sums.length < rows * sumFields) this.sums = new Float64Array(rows * sumFields);
    return this.sums.subarray(0, rows * sumFields);
  }
}

import type { Comparison, Contestant, Outcome } from "./comparison";

/** What the rounds of a contestant came to. */
export interface Result {
  readonly contestant: string;
  /** One number a round, in the comparison's unit; empty where it took no part. */
  readonly costs: readonly number[];
  /** Its cost by ours in the same round, the median of all rounds that both ran. */
  readonly ratio: number;
  readonly note: string;
}

const rounds = 7;

/**
 * Runs the contestants in turn, round by round, so that a machine that slows down slows all of
 * them. Those without a number of rounds of their own run once before, uncounted.
 */
export async function compare(
  { contestants }: Comparison,
  report: (progress: string) => void,
): Promise<Result[]> {
  const runners = (typeof contestants === "function" ? contestants() : contestants).map(
    contestant => new Runner(contestant),
  );
  try {
    for (let round = -1; round < rounds; round++) {
      for (const runner of runners) {
        report(`round ${round + 1} of ${rounds}, ${runner.contestant.name}`);
        await runner.runRound(round);
      }
    }
    return runners.map(runner => runner.result(runners[0]));
  } finally {
    for (const { contestant } of runners) contestant.end?.();
  }
}

/** Runs one contestant and keeps what its rounds came to. */
class Runner {
  private readonly costs: number[] = [];
  private note = "";
  private failure: string | undefined;

  constructor(readonly contestant: Contestant) {
    this.failure = contestant.why && `skipped: ${contestant.why}`;
  }

  async runRound(round: number): Promise<void> {
    const own = this.contestant.rounds;
    const takesPart = own === undefined || (round >= 0 && round < own);
    if (this.failure !== undefined || !takesPart) return;
    try {
      const { cost, note } = await once(this.contestant);
      if (round >= 0) this.costs.push(cost);
      this.note = note ?? "";
    } catch (error) {
      this.failure = `failed: ${error instanceof Error ? error.message : String(error)}`;
      this.costs.length = 0;
      process.exitCode = 1;
    }
  }

  result(ours: Runner): Result {
    const { costs, contestant, note } = this;
    const paired = costs.slice(0, ours.costs.length).map((cost, r) => cost / ours.costs[r]);
    const few = contestant.rounds === undefined ? "" : roundsInWords(contestant.rounds);
    const notes = this.failure ?? [note, few].filter(text => text !== "").join("; ");
    return { contestant: contestant.name, costs, ratio: median(paired), note: notes };
  }
}

async function once({ run }: Contestant): Promise<Outcome> {
  const start = performance.now();
  const own = await run!();
  const elapsed = performance.now() - start;
  if (typeof own === "number") return { cost: own };
  return isOutcome(own) ? own : { cost: elapsed };
}

function isOutcome(value: unknown): value is Outcome {
  return typeof (value as Outcome | null | undefined)?.cost === "number";
}

function roundsInWords(count: number): string {
  return count === 1 ? "1 round" : `${count} rounds`;
}

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

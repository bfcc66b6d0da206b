import type { Dump } from "./data";

/** One of those that do the same work. */
export interface Contestant {
  readonly name: string;
  /**
   * Does the work once. What it gives is an `Outcome`, a number for its cost alone, or anything
   * else to be timed from outside.
   */
  readonly run?: () => unknown;
  /** In place of `run`: why it can't take part. */
  readonly why?: string;
  /** Fewer rounds than the rest, and none to warm up: for one that takes long or starts cold. */
  readonly rounds?: number;
  /** Gives back what it holds. */
  readonly end?: () => void;
}

/** What one round came to. */
export interface Outcome {
  /** In the comparison's unit. */
  readonly cost: number;
  /** What was found, so that a reader sees that all found the same. */
  readonly note?: string;
}

/** Some work and those that do it, ours first. */
export interface Comparison {
  /** What `--only` looks in. */
  readonly title: string;
  /** A function where making them takes long, called only if the comparison is run. */
  readonly contestants: readonly Contestant[] | (() => readonly Contestant[]);
  /** Milliseconds unless said. */
  readonly unit?: "ms" | "MB";
}

/** What a file of benchmarks gets. */
export interface Tools {
  /** A temporary folder for this run. */
  readonly folder: string;
  /** Small sizes are wanted, to try the benchmarks themselves. */
  readonly quick: boolean;
  /** Realistic logits with labels, written on first use: 50,000 × 1,000 float32. */
  images(): Dump;
  /** The same of a vocabulary's size: 512 × 151,936 float32. */
  tokens(): Dump;
  /**
   * A contestant in Python: one process for all rounds. `program` times itself and prints
   * milliseconds and perhaps a note, or has `timed(function)` do so; `setup` runs once before.
   * @param modules what it needs installed, separated by commas
   */
  python(name: string, modules: string, program: string, setup?: string): Contestant;
  /** A contestant in Python: a new process each round, timed from its start to its end. */
  pythonProcess(name: string, modules: string, program: string, rounds: number): Contestant;
  /** The same for the peak memory of its process in MB, which `program` prints by `peak()`. */
  pythonPeak(name: string, modules: string, program: string): Contestant;
}

/** What a file of benchmarks exports as its default. */
export type Benchmarks = (tools: Tools) => Comparison[] | Promise<Comparison[]>;

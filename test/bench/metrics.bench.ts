import { ProfileBuilder, ProfileEvaluator, type RowProfile } from "../../src/core";
import { runSteps } from "../../src/core/steps";
import type { Comparison, Contestant, Tools } from "./comparison";
import { load, type Dump } from "./data";
import { choice, words } from "./ours";
import { loadInPython } from "./python";

/** A new temperature for each evaluation, the same ones for all. */
const temperatures = Array.from({ length: 64 }, (_, i) => 0.5 + i / 32);

/** All metrics at a temperature that was not asked for before, as a drag of the slider asks. */
export default function metrics({ images, python }: Tools): Comparison[] {
  const others = (dump: Dump): Contestant[] => {
    const setup = (module: string) =>
      `import common, ${module} as by\nz, y = ${loadInPython(dump)}\n` +
      `temperatures = iter(${JSON.stringify(temperatures)})\n`;
    const program = "timed(lambda: by.all_metrics(z, y, next(temperatures)))";
    const blocked = (threads: number) =>
      `${setup("blocked")}by = by.Blocked(*z.shape, ${threads})\n`;
    return [
      python("NumPy, blocked, in a pass", "numpy", program, blocked(1)),
      python("NumPy, blocked, 2 threads", "numpy", program, blocked(2)),
      python("NumPy, in a pass", "numpy", program, setup("plain")),
    ];
  };
  return [
    {
      title: "All metrics at a new T: NLL, ECE, Brier, entropy",
      contestants: () => [fromProfile(buildProfile(images())), ...others(images())],
    },
  ];
}

function buildProfile(dump: Dump): RowProfile {
  const { logits, labels, classes } = load(dump);
  const builder = new ProfileBuilder(labels.length, classes);
  builder.add(logits, labels, 0);
  return builder.finish();
}

/** How often a round evaluates: as a drag does, from code and data that are warm. */
const evaluations = 20;

/** Prepared, as the page does when it draws the curves, and evaluated often: a drag runs compiled code. */
function fromProfile(profile: RowProfile): Contestant {
  const evaluator = new ProfileEvaluator(profile);
  runSteps(evaluator.prepare());
  const evaluate = (T: number) => evaluator.metrics(T, choice.bins, choice.convention);
  for (const T of temperatures) evaluate(T);
  let round = 0;
  return {
    name: "ours, from the row profile, as in a drag",
    run() {
      const T = temperatures[round++];
      const start = performance.now();
      for (let i = 1; i < evaluations; i++) evaluate(T * (1 + i / 100));
      const { nll, ece, brier, entropy } = evaluate(T);
      const cost = (performance.now() - start) / evaluations;
      return { cost, note: words({ NLL: nll, ECE: ece, Brier: brier, S: entropy }) };
    },
  };
}

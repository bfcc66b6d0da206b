import path from "node:path";
import type { Comparison, Contestant, Tools } from "./comparison";
import type { Dump } from "./data";
import { loadInPython, timeProcess } from "./python";

/** From a cold process to the temperature with the lowest NLL, each by its own method. */
export default function fit(tools: Tools): Comparison[] {
  return [
    {
      title: "Fit of T from the file, cold process",
      contestants: () => fits(tools, tools.images()),
    },
  ];
}

function fits({ pythonProcess }: Tools, dump: Dump): Contestant[] {
  const cold = path.join(__dirname, "cold.js");
  const program = (module: string, found: string) =>
    `import common, ${module} as by\nz, y = ${loadInPython(dump)}\n` +
    `T = ${found}\nprint(f"T = {T:.5f}")`;
  const blocked = (threads: number) =>
    program("blocked", `by.Blocked(*z.shape, ${threads}).fit(z, y)`);
  const tensors = program("with_torch", "by.fit(*by.tensors(z, y))");
  return [
    {
      name: "ours",
      run: () => timeProcess(process.execPath, [cold, "fit", dump.logits]),
    },
    {
      name: "ours, then five folds held out",
      run: () => timeProcess(process.execPath, [cold, "holdOut", dump.logits]),
      rounds: 3,
    },
    pythonProcess("NumPy, blocked, Newton", "numpy", blocked(1), 3),
    pythonProcess("NumPy, blocked, Newton, 2 threads", "numpy", blocked(2), 3),
    pythonProcess(
      "NumPy + SciPy, minimize_scalar of logsumexp",
      "numpy, scipy",
      program("with_scipy", "by.fit(z, y)"),
      2,
    ),
    pythonProcess("torch, LBFGS as usual", "torch", tensors, 1),
  ];
}

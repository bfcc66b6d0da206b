import path from "node:path";
import type { Comparison, Contestant, Tools } from "./comparison";
import { load, type Dump } from "./data";
import { limit } from "./limit";
import { directPass, directPassFromFile, endPasses, ourDirectPass, scanFile } from "./ours";
import { loadInPython, output } from "./python";
import { residentPass } from "./resident";

const T = 1.3;

/** NLL, accuracy and ECE at one temperature: of logits in memory, from the file, and at what peak. */
export default function direct(tools: Tools): Comparison[] {
  return [
    {
      title: "Direct pass at one T, in memory: NLL, accuracy, ECE",
      contestants: () => inMemory(tools, tools.images()),
    },
    {
      title: "Direct pass at one T, from the page cache",
      contestants: () => fromFile(tools, tools.images()),
    },
    {
      title: "Direct pass at one T, from the page cache: peak memory",
      contestants: () => peaks(tools, tools.images()),
      unit: "MB",
    },
  ];
}

function inMemory({ python }: Tools, dump: Dump): Contestant[] {
  const resident = load(dump);
  const program = `timed(lambda: by.direct(z, y, ${T}))`;
  const setup = (module: string) =>
    `import common, ${module} as by\nz, y = ${loadInPython(dump)}\n`;
  const blocked = (threads: number) => `${setup("blocked")}by = by.Blocked(*z.shape, ${threads})\n`;
  const tensors = `${setup("with_torch")}z, y = by.tensors(z, y)\n`;
  return [
    residentPass(dump, T, 2),
    residentPass(dump, T, 1),
    timed("ours, float64, one thread", () => ourDirectPass(resident, T)),
    python("NumPy, blocked", "numpy", program, blocked(1)),
    python("NumPy, blocked, 2 threads", "numpy", program, blocked(2)),
    python("NumPy", "numpy", program, setup("plain")),
    {
      ...python("NumPy + SciPy logsumexp", "numpy, scipy", program, setup("with_scipy")),
      rounds: 3,
    },
    python("torch", "torch", program, tensors),
    { ...timed("plain TypeScript", () => directPass(resident, T)), rounds: 3 },
    limit(resident.logits.buffer as SharedArrayBuffer),
  ];
}

function fromFile({ python }: Tools, dump: Dump): Contestant[] {
  const whole = `timed(lambda: by.direct(*${loadInPython(dump)}, ${T}))`;
  const setup = (module: string) => `import common, ${module} as by`;
  const tensors = `timed(lambda: by.direct(*by.tensors(*${loadInPython(dump)}), ${T}))`;
  return [
    timed("ours, float32, threads", () => scanFile(dump.logits, T)),
    timed("ours, float32, one thread", () => scanFile(dump.logits, T, true)),
    {
      ...timed("ours, float64, threads", () => directPassFromFile(dump.logits, T)),
      end: endPasses,
    },
    python("NumPy, blocked", "numpy", blockedFile(dump, 1), setup("blocked")),
    python("NumPy, blocked, 2 threads", "numpy", blockedFile(dump, 2), setup("blocked")),
    python("NumPy", "numpy", whole, setup("plain")),
    { ...python("NumPy + SciPy logsumexp", "numpy, scipy", whole, setup("with_scipy")), rounds: 3 },
    python("torch", "torch", tensors, setup("with_torch")),
    limit(dump.logits),
  ];
}

function peaks({ pythonPeak }: Tools, dump: Dump): Contestant[] {
  const cold = path.join(__dirname, "cold.js");
  const ours = () => output(process.execPath, [cold, "pass", dump.logits, "peak"]).then(Number);
  const program = (module: string, work: string) =>
    `import common, ${module} as by\n${work}\ncommon.peak()`;
  const whole = `by.direct(*${loadInPython(dump)}, ${T})`;
  const blocked = "timed = lambda work: work()\n" + blockedFile(dump, 1);
  const tensors = `by.direct(*by.tensors(*${loadInPython(dump)}), ${T})`;
  return [
    { name: "ours, Node and all", run: ours, rounds: 1 },
    pythonPeak("NumPy, blocked", "numpy", program("blocked", blocked)),
    pythonPeak("NumPy", "numpy", program("plain", whole)),
    pythonPeak("NumPy + SciPy logsumexp", "numpy, scipy", program("with_scipy", whole)),
    pythonPeak("torch", "torch", program("with_torch", tensors)),
  ];
}

/** A contestant that is timed with the note it gives. */
function timed(name: string, work: () => string | Promise<string>): Contestant {
  return {
    name,
    async run() {
      const start = performance.now();
      const note = await work();
      return { cost: performance.now() - start, note };
    },
  };
}

/** An expert's program that holds neither the file nor a buffer larger than the cache. */
function blockedFile({ logits, labels, rows, classes, dataOffset }: Dump, threads: number): string {
  const files = `${JSON.stringify(logits)}, by.np.load(${JSON.stringify(labels)})`;
  const by = `by.Blocked(${rows}, ${classes}, ${threads})`;
  return `timed(lambda: ${by}.from_file(${files}, ${T}, ${dataOffset}))`;
}

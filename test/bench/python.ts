import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Contestant, Outcome, Tools } from "./comparison";
import type { Dump } from "./data";

/** The one that a user would start, then Debian's, which may have more. */
const interpreters = ["python3", "/usr/bin/python3"];

/** What to install where a module is missing. */
const packages: Readonly<Record<string, string>> = {
  numpy: "python3-numpy",
  scipy: "python3-scipy",
  torch: "python3-torch",
};

/** Contestants in Python. @param folder where their modules are */
export function pythonTools(
  folder: string,
): Pick<Tools, "python" | "pythonProcess" | "pythonPeak"> {
  const find = finder();
  const enter = (
    name: string,
    modules: string,
    take: (interpreter: string) => Omit<Contestant, "name">,
  ): Contestant => {
    const interpreter = find(modules);
    return interpreter ? { name, ...take(interpreter) } : { name, why: missing(modules) };
  };
  return {
    python: (name, modules, program, setup = "") =>
      enter(name, modules, interpreter => session(interpreter, folder, setup, program)),
    pythonProcess: (name, modules, program, rounds) =>
      enter(name, modules, interpreter => ({
        rounds,
        run: () => timeProcess(interpreter, ["-c", program], inFolder(folder)),
      })),
    pythonPeak: (name, modules, program) =>
      enter(name, modules, interpreter => ({
        rounds: 1,
        run: async () => Number(await output(interpreter, ["-c", program], inFolder(folder))),
      })),
  };
}

/** The expression that loads a dump, logits and labels, where `common` was imported. */
export function loadInPython({ logits, labels }: Dump): string {
  return `common.load(${JSON.stringify(logits)}, ${JSON.stringify(labels)})`;
}

/** Times a process from its start to its end; its last line is the note. */
export async function timeProcess(
  command: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const start = performance.now();
  const printed = await output(command, args, env);
  const cost = performance.now() - start;
  return { cost, note: printed.trim().split("\n").at(-1)! };
}

/** What a process prints. @throws Error with what it complained of */
export function output(
  command: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn(command, args, { ...(env && { env }) });
  let printed = "";
  let complaint = "";
  child.stdout.on("data", data => (printed += data));
  child.stderr.on("data", data => (complaint += data));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", code => {
      if (code === 0) resolve(printed);
      else reject(new Error(lastError(complaint)));
    });
  });
}

/** The line of a stack trace that says what was wrong. */
function lastError(complaint: string): string {
  const lines = complaint.trim().split("\n");
  return lines.findLast(line => /^\w*(Error|Exception)\b/.test(line)) ?? lines.at(-1)!;
}

/** Finds the interpreter that can import all of some modules, and remembers it. */
function finder(): (modules: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return modules => {
    if (!known.has(modules)) {
      const canImport = (interpreter: string) =>
        spawnSync(interpreter, ["-c", `import ${modules}`]).status === 0;
      known.set(modules, interpreters.find(canImport));
    }
    return known.get(modules);
  };
}

function missing(modules: string): string {
  const names = modules.split(",").map(name => packages[name.trim()] ?? name.trim());
  return `not installed; on Debian: ${names.join(", ")}`;
}

function inFolder(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" };
}

/** One long-living process, started with the first round: import and load are no part of a round. */
function session(
  interpreter: string,
  folder: string,
  setup: string,
  program: string,
): Pick<Contestant, "run" | "end"> {
  let child: ChildProcessWithoutNullStreams | undefined;
  let ask: ((code: string) => Promise<string>) | undefined;
  const start = async () => {
    child = spawn(interpreter, [path.join(folder, "driver.py")], { env: inFolder(folder) });
    ask = asker(child);
    await ask(setup);
    return ask;
  };
  return {
    run: async () => parse(await (ask ?? (await start()))(program)),
    end: () => child?.stdin.end(),
  };
}

/** Sends code to the driver and waits for its answer. */
function asker(child: ChildProcessWithoutNullStreams): (code: string) => Promise<string> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stderr.resume();
  child.stdin.on("error", () => undefined); // that it ended shows in the missing answer
  return async code => {
    child.stdin.write(`${JSON.stringify(code)}\n`);
    const { done, value } = await lines.next();
    if (done) throw new Error("Python ended early, perhaps for lack of memory.");
    const answer = JSON.parse(value) as { printed: string } | { error: string };
    if ("error" in answer) throw new Error(answer.error);
    return answer.printed;
  };
}

/** Milliseconds, and perhaps a note behind them. */
function parse(printed: string): Outcome {
  const [cost, ...note] = printed.trim().split(" ");
  return { cost: Number(cost), note: note.join(" ") };
}

// A process of its own for what is measured cold: `node cold.js JOB FILE` prints what it found,
// `node cold.js JOB FILE peak` its peak memory in MB.
import { readFileSync } from "node:fs";
import { choice, directPassFromFile, endPasses, openHere, openInWorker } from "./ours";
import { parseFile } from "./parse";

const jobs: Readonly<Record<string, (file: string) => Promise<string>>> = {
  fit: file => fitted(file, false),
  holdOut: file => fitted(file, true),
  async pass(file) {
    const note = await directPassFromFile(file, 1.3);
    endPasses();
    return note;
  },
  async open(file) {
    await (await openHere(file)).close();
    return "opened";
  },
  parse(file) {
    parseFile(file);
    return Promise.resolve("parsed");
  },
};

async function fitted(file: string, withFolds: boolean): Promise<string> {
  const dump = await openInWorker(file);
  const { fit } = await dump.request("fit", choice);
  if (withFolds) await dump.request("holdOut", choice);
  dump.stop();
  return `T = ${fit.T.toFixed(5)}`;
}

/**
 * Peak memory in MB. Linux hands `maxRSS` down from the process that started this one, so its own
 * figure is asked for first.
 */
function peak(): number {
  try {
    const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))!;
    return (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return (process.resourceUsage().maxRSS * 1024) / 1e6;
  }
}

const [job, file, what] = process.argv.slice(2);
void jobs[job](file).then(note => console.log(what === "peak" ? peak() : note));

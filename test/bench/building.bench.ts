import type { Comparison, Contestant, Tools } from "./comparison";
import type { Dump } from "./data";
import { limit } from "./limit";
import { choice, directPassFromFile, endPasses, openInWorker, type OpenInWorker } from "./ours";

/** Building the row profile, against one direct pass over the same file. */
export default function building({ images, tokens }: Tools): Comparison[] {
  return [
    { title: "Row profile built, 1,000 classes", contestants: () => build(images()) },
    { title: "Row profile built, 151,936 classes", contestants: () => build(tokens()) },
  ];
}

/** The direct pass comes first, so that the ratio is how many such passes a profile costs. */
function build(dump: Dump): Contestant[] {
  let worker: OpenInWorker | undefined;
  return [
    {
      name: "ours: one direct pass, float64",
      run: async () => void (await directPassFromFile(dump.logits, 1.3)),
      end: endPasses,
    },
    {
      name: "ours: the profile, in direct passes",
      async run() {
        worker ??= await openInWorker(dump.logits);
        await worker.reopen();
        const start = performance.now();
        await worker.request("profile", choice);
        return performance.now() - start;
      },
      end: () => worker?.stop(),
    },
    limit(dump.logits),
  ];
}

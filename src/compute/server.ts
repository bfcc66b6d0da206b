import { readLogits } from "../dump/view";
import { FormatError } from "../formats/errors";
import {
  Channel,
  type EventMap,
  type Handlers,
  type Port,
  type RequestMap,
} from "../protocol/channel";
import { computeGuards } from "../protocol/guards";
import type { ComputeRequests } from "../protocol/messages";
import { calibrate, measure, probabilities, profile } from "./calibrationPasses";
import { OpenDump } from "./openDump";
import type { OpenSource } from "./openFiles";
import { scan, statistics, values } from "./passes";

/** Serves open dumps over a port: the whole of the worker, for Node and the web alike. */
export function serve(port: Port, openSource: OpenSource): void {
  const dumps = new Map<string, OpenDump>();
  const dumpOf = (document: string): OpenDump => {
    const dump = dumps.get(document);
    if (!dump) throw new FormatError("FILE_MISSING", "The file is not open; open it again.");
    return dump;
  };

  const handlers: Handlers<ComputeRequests> = {
    async open({ document, file, siblings, overrides }, { signal, progress }) {
      const options = { signal, progress };
      const dump = await OpenDump.open(openSource, file, siblings, overrides, options);
      const previous = dumps.get(document);
      dumps.set(document, dump);
      await previous?.close();
      return dump.info();
    },
    async attach({ document, file }, { signal }) {
      return { sources: await dumpOf(document).attach(file, signal) };
    },
    async read({ document, overrides }, { signal }) {
      const dump = dumpOf(document);
      await dump.read(overrides, signal);
      return dump.info();
    },
    async row({ document, index }, { signal }) {
      const { view } = dumpOf(document);
      if (index >= view.rows) {
        throw new FormatError(
          "BAD_ROLE",
          `There is no row ${index}; the last is ${view.rows - 1}.`,
        );
      }
      const logits = await readLogits(view, index, 1, signal);
      const label = view.labels?.[index] ?? -1;
      return { index, logits, label: label < 0 ? null : label };
    },
    scan: ({ document, temperature }, context) => scan(dumpOf(document).view, temperature, context),
    statistics: ({ document }, context) => statistics(dumpOf(document).view, context),
    profile: ({ document, ...choice }, context) => profile(dumpOf(document).view, choice, context),
    measure: ({ document, ...choice }, context) => measure(dumpOf(document).view, choice, context),
    calibrate: ({ document, ...choice }, context) =>
      calibrate(dumpOf(document).view, choice, context),
    async probabilities({ document, temperature, first, count }, context) {
      const { view } = dumpOf(document);
      return { values: await probabilities(view, temperature, first, count, context) };
    },
    values: ({ document, start, count }) => values(dumpOf(document).view, start, count),
    async close({ document }) {
      const dump = dumps.get(document);
      dumps.delete(document);
      await dump?.close();
      return null;
    },
  };
  new Channel<RequestMap, EventMap, ComputeRequests, EventMap>(port, handlers, computeGuards, {});
}

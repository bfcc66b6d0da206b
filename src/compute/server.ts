import type { RowProfile } from "../core";
import { createKernel, warmUp } from "../core/kernel";
import { attentionProgram } from "../dump/attention/attentionProgram";
import type { HeadPlace } from "../dump/attention/readHead";
import type { View } from "../dump/view";
import { FormatError } from "../formats/errors";
import {
  Channel,
  type CallContext,
  type EventMap,
  type Handlers,
  type Port,
  type RequestMap,
} from "../protocol/channel";
import { computeGuards } from "../protocol/guards";
import type { CalibrationChoice } from "../protocol/calibration";
import type { AttentionParams, ComputeRequests } from "../protocol/messages";
import {
  attentionMap,
  curvesOfHeads,
  keysOf,
  measureHeads,
  profileMap,
  readAttention,
} from "./attentionPasses";
import { measure, probabilities, profile } from "./calibrationPasses";
import { fit, holdOut, startProfile } from "./fitting";
import { glance, readRow } from "./glance";
import type { Lanes } from "./lanes";
import { OpenDump } from "./openDump";
import type { OpenSource } from "./openFiles";
import { PassCache } from "./passCache";
import { scan, statistics, values } from "./passes";
import type { Engine, PassContext } from "./rowPass";

/** Serves open dumps over a port: the whole of the worker, for Node and the web alike. */
export function serve(port: Port, openSource: OpenSource, lanes: Lanes | null): void {
  const engine: Engine = { kernel: createKernel(), lanes };
  warmUp(engine.kernel);
  const cache = new PassCache();
  const dumps = new Map<string, OpenDump>();
  const dumpOf = (document: string): OpenDump => {
    const dump = dumps.get(document);
    if (!dump) throw new FormatError("FILE_MISSING", "The file is not open; open it again.");
    return dump;
  };

  const passing = (context: CallContext): PassContext => ({ ...context, engine });
  /** What a pass over a dump found: by the files' states and the reading, so it is never outdated. */
  const kept = <T extends object>(
    document: string,
    parts: readonly unknown[],
    make: (view: View) => Promise<T>,
  ): Promise<T> => cache.get(keyOf(document, parts), () => make(dumpOf(document).view));
  const keyOf = (document: string, parts: readonly unknown[]) =>
    `${dumpOf(document).identity} ${JSON.stringify(parts)}`;
  // All that a profile and a fit depend on of the choice is the clipping.
  const profileOf = (document: string, { clip }: CalibrationChoice, context: PassContext) =>
    kept(document, ["profile", clip], view => profile(view, clip, context));
  const fitOf = (document: string, choice: CalibrationChoice, context: PassContext) =>
    kept(document, ["fit", choice.clip], async view => {
      const { clip } = choice;
      const profiled = () => profileOf(document, choice, context);
      const start =
        cache.peek<RowProfile>(keyOf(document, ["profile", clip])) ??
        (await startProfile(view, clip, profiled, context));
      return fit(view, clip, start, context);
    });

  const mapOf = (
    document: string,
    { set, reading }: AttentionParams,
    place: HeadPlace,
    context: PassContext,
  ) =>
    kept(document, ["attention", set, reading, place], () =>
      attentionMap(dumpOf(document).attentionSet(set), place, reading, context),
    );

  const handlers: Handlers<ComputeRequests> = {
    async open({ document, file, siblings, overrides }, { signal, progress }) {
      const options = { signal, progress, lanes };
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
    row: async ({ document, index }, { signal }) => readRow(dumpOf(document).view, index, signal),
    glance: ({ file, siblings }, { signal }) => glance(openSource, file, siblings, signal),
    scan: ({ document, temperature }, context) =>
      kept(document, ["scan", temperature], view => scan(view, temperature, passing(context))),
    statistics: ({ document }, context) =>
      kept(document, ["statistics"], view => statistics(view, context)),
    profile: ({ document, ...choice }, context) => profileOf(document, choice, passing(context)),
    measure: ({ document, ...choice }, context) =>
      kept(document, ["measure", choice], view => measure(view, choice, passing(context))),
    async fit({ document, ...choice }, context) {
      const fitted = await fitOf(document, choice, passing(context));
      return { file: dumpOf(document).view.source.id, fit: fitted };
    },
    async holdOut({ document, ...choice }, context) {
      const calling = passing(context);
      const fitted = await fitOf(document, choice, calling);
      const profiled = () => profileOf(document, choice, calling);
      return kept(document, ["held out", choice], async view => ({
        heldOut: await holdOut(view, choice, fitted, profiled, calling),
      }));
    },
    async probabilities({ document, temperature, first, count }, context) {
      const { view } = dumpOf(document);
      return { values: await probabilities(view, temperature, first, count, context) };
    },
    attention({ document, set, overrides }, context) {
      const dump = dumpOf(document);
      const { sources, chosenTokens } = dump;
      return readAttention(dump.attentionSet(set), overrides, sources, chosenTokens, context);
    },
    async attentionHead({ document, place, ...params }, context) {
      const map = await mapOf(document, params, place, passing(context));
      return { map, profile: profileMap(map, engine.kernel) };
    },
    attentionHeads({ document, batch, temperature, ...params }, context) {
      const mapAt = (layer: number, head: number) =>
        mapOf(document, params, { batch, layer, head }, passing(context));
      const { set, reading } = params;
      const maps = dumpOf(document).attentionSet(set);
      return kept(document, ["heads", params, batch, temperature], () =>
        measureHeads(maps, temperature, mapAt, reading.turned, context),
      );
    },
    attentionCurves({ document, batch, ...params }, context) {
      const mapAt = (layer: number, head: number) =>
        mapOf(document, params, { batch, layer, head }, passing(context));
      const maps = dumpOf(document).attentionSet(params.set);
      return kept(document, ["curves", params, batch], () =>
        curvesOfHeads(maps, mapAt, passing(context)),
      );
    },
    async attentionKeys({ document, place, ...params }, context) {
      return keysOf(await mapOf(document, params, place, passing(context)), context);
    },
    async attentionProgram({ document, set, ...params }) {
      return { text: attentionProgram({ ...params, set: dumpOf(document).attentionSet(set) }) };
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

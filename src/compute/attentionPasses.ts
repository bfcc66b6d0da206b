import {
  createRowProfile,
  curveNumbers,
  curveTemperatures,
  findScoreMask,
  guessMapKind,
  headCurves,
  headMeasureNames,
  keysHolding,
  measureHead,
  miniature,
  miniatureSize,
  readMap,
  sortedGaps,
  type AttentionMap,
  type MapReading,
  type RowProfile,
} from "../core";
import type { Kernel } from "../core/kernel/kernel";
import type { AttentionSet } from "../dump/attention/attentionSets";
import { readHead, type HeadPlace } from "../dump/attention/readHead";
import { tokenLists } from "../dump/attention/tokenLists";
import type { SourceId } from "../dump/reading";
import type { Source } from "../dump/source";
import type {
  AttentionCurves,
  AttentionHeads,
  AttentionKeys,
  AttentionOverrides,
  AttentionReading,
} from "../protocol/attention";
import type { CallContext } from "../protocol/channel";
import { eachBlock } from "./blocks";
import type { PassContext } from "./rowPass";

/** Maps looked at to tell what the numbers are, and cells read for that at most. */
const sampleMaps = 5;
const sampleCells = 1 << 22;

/** The longer side of a head's small picture. */
const miniatureSide = 48;

/** Cells that curves are made of, and counts of keys: of more, so many spread evenly over the queries. */
const curveCells = 1 << 24;
const keyCells = 1 << 18;

/** The mass that counts of keys ask for. */
const share = 0.9;

/** Bytes that go into the kernel's room at a time. */
const roomBytes = 1 << 20;

/** Says what the numbers of a set are, by some of its maps, and names its queries and keys. */
export async function readAttention(
  set: AttentionSet,
  overrides: AttentionOverrides,
  sources: readonly Source[],
  tokens: SourceId | null | undefined,
  { signal }: CallContext,
): Promise<AttentionReading> {
  const places = samplePlaces(set);
  const maps = [];
  for (const place of places) maps.push(await readHead(set, place, signal));
  const guess = guessMapKind(maps, set.dtype);
  const kind = overrides.kind ?? guess.kind;
  const turned = overrides.turned ?? guess.turned;
  const masks = kind === "probabilities" ? [] : maps.map(({ values }) => findScoreMask(values));
  const mask = masks.find(found => found !== null) ?? null;
  const [queries, keys] = turned ? [set.columns, set.rows] : [set.rows, set.columns];
  const lists = tokenLists(sources, queries, keys, tokens, set.id);
  return {
    reading: {
      kind,
      turned,
      maskBelow: overrides.masks === false ? null : (mask?.below ?? null),
      scaleBy: overrides.scaleBy ?? null,
      causal: overrides.causal ?? false,
    },
    guess,
    fill: mask?.fill ?? null,
    looked: places.length,
    queryTokens: lists.queries,
    keyTokens: lists.keys,
    problems: lists.problems,
  };
}

/** Some maps from first to last. */
function samplePlaces({ sizes, rows, columns }: AttentionSet): HeadPlace[] {
  const all = sizes.batch * sizes.layer * sizes.head;
  const count = Math.min(all, sampleMaps, Math.max(1, Math.floor(sampleCells / (rows * columns))));
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? 0 : Math.round((i * (all - 1)) / (count - 1));
    const layers = Math.floor(at / sizes.head);
    return {
      batch: Math.floor(layers / sizes.layer),
      layer: layers % sizes.layer,
      head: at % sizes.head,
    };
  });
}

/** One map as it is read. */
export async function attentionMap(
  set: AttentionSet,
  place: HeadPlace,
  reading: MapReading,
  { signal }: CallContext,
): Promise<AttentionMap> {
  return readMap(await readHead(set, place, signal), reading);
}

/**
 * The row profile of a map's queries.
 * @param every takes every so many-th query only
 */
export function profileMap(map: AttentionMap, kernel: Kernel, every = 1): RowProfile {
  const { queries, keys, gap } = map;
  const rows = Math.ceil(queries / every);
  const profile = createRowProfile(rows, keys, queries);
  const perBlock = Math.max(1, Math.floor(roomBytes / (4 * keys)));
  for (let first = 0; first < rows; first += perBlock) {
    const count = Math.min(perBlock, rows - first);
    const room = kernel.room(4 * keys * count);
    const scores = new Float32Array(keys);
    for (let r = 0; r < count; r++) {
      const from = (first + r) * every * keys;
      for (let j = 0; j < keys; j++) scores[j] = -gap[from + j];
      room.set(new Uint8Array(scores.buffer), 4 * keys * r);
    }
    const labels = new Int32Array(count).fill(-1);
    kernel.profileRows({ type: "float32", rows: count, classes: keys, labels }, profile, first);
  }
  return profile;
}

/**
 * The measures of all heads of an item of a batch over all temperatures, from row profiles.
 * @param mapAt reads a map, or hands out the one there is
 * @throws FormatError "CANCELLED", or what reading throws
 */
export async function curvesOfHeads(
  set: AttentionSet,
  mapAt: (layer: number, head: number) => Promise<AttentionMap>,
  context: PassContext,
): Promise<AttentionCurves> {
  const { layer: layers, head: heads } = set.sizes;
  const cells = set.rows * set.columns;
  const every = Math.ceil((layers * heads * cells) / curveCells);
  const curves = new Float64Array(layers * heads * curveNumbers);
  await eachBlock(layers * heads, cells, context, async (first, count) => {
    for (let at = first; at < first + count; at++) {
      const map = await mapAt(Math.floor(at / heads), at % heads);
      const profile = profileMap(map, context.engine.kernel, every);
      const out = curves.subarray(at * curveNumbers, (at + 1) * curveNumbers);
      headCurves(map, profile, row => row * every, out);
    }
  });
  return { curves, every };
}

/** How many keys hold 90 % of a query's mass, on average, over the temperatures of the slider. */
export async function keysOf(map: AttentionMap, context: CallContext): Promise<AttentionKeys> {
  const sorted = sortedGaps(map, Math.max(1, Math.ceil((map.queries * map.keys) / keyCells)));
  const temperatures = curveTemperatures.filter((_, i) => i % 4 === 0);
  const keys = new Float64Array(temperatures.length);
  await eachBlock(keys.length, sorted.length * map.keys, context, async (first, count) => {
    for (let at = first; at < first + count; at++) {
      const counts = sorted.map(row => keysHolding(row, share, temperatures[at]));
      keys[at] = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    }
  });
  return { share, temperatures, keys, queries: sorted.length };
}

/**
 * One exact pass over all heads of an item of a batch.
 * @param mapAt reads a map, or hands out the one there is
 * @throws FormatError "CANCELLED", or what reading throws
 */
export async function measureHeads(
  set: AttentionSet,
  temperature: number,
  mapAt: (layer: number, head: number) => Promise<AttentionMap>,
  turned: boolean,
  context: CallContext,
): Promise<AttentionHeads> {
  const { layer: layers, head: heads } = set.sizes;
  const [queries, keys] = turned ? [set.columns, set.rows] : [set.rows, set.columns];
  const logZ = new Float64Array(queries);
  const [height, width] = miniatureSize(queries, keys, miniatureSide);
  const found: AttentionHeads = {
    temperature,
    measures: new Float64Array(layers * heads * headMeasureNames.length),
    leftOut: new Int32Array(layers * heads),
    miniatures: new Float32Array(layers * heads * height * width),
    miniatureSize: [height, width],
  };
  await eachBlock(layers * heads, queries * keys, context, async (first, count) => {
    for (let at = first; at < first + count; at++) {
      const map = await mapAt(Math.floor(at / heads), at % heads);
      const measures = measureHead(map, temperature, logZ);
      headMeasureNames.forEach((name, m) => {
        found.measures[at * headMeasureNames.length + m] = measures[name];
      });
      found.leftOut[at] = map.state.reduce((sum, state) => sum + (state === 0 ? 0 : 1), 0);
      found.miniatures.set(miniature(map, temperature, logZ, miniatureSide), at * height * width);
    }
  });
  return found;
}

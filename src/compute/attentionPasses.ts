import {
  createRowProfile,
  findScoreMask,
  guessMapKind,
  headMeasureNames,
  logPartitions,
  measureHead,
  miniature,
  miniatureSize,
  readMap,
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
import type { AttentionHeads, AttentionOverrides, AttentionReading } from "../protocol/attention";
import type { CallContext } from "../protocol/channel";
import { eachBlock } from "./blocks";

/** Maps looked at to tell what the numbers are, and cells read for that at most. */
const sampleMaps = 5;
const sampleCells = 1 << 22;

/** The longer side of a head's small picture. */
const miniatureSide = 48;

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

/** The row profile of a map's queries. */
export function profileMap({ queries, keys, gap }: AttentionMap, kernel: Kernel): RowProfile {
  const profile = createRowProfile(queries, keys);
  const labels = new Int32Array(queries).fill(-1);
  const perBlock = Math.max(1, Math.floor(roomBytes / (4 * keys)));
  for (let first = 0; first < queries; first += perBlock) {
    const rows = Math.min(perBlock, queries - first);
    const scores = gap.subarray(first * keys, (first + rows) * keys).map(g => -g);
    kernel.room(scores.byteLength).set(new Uint8Array(scores.buffer));
    const block = {
      type: "float32",
      rows,
      classes: keys,
      labels: labels.subarray(0, rows),
    } as const;
    kernel.profileRows(block, profile, first);
  }
  return profile;
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
      const measures = measureHead(map, temperature);
      headMeasureNames.forEach((name, m) => {
        found.measures[at * headMeasureNames.length + m] = measures[name];
      });
      found.leftOut[at] = map.state.reduce((sum, state) => sum + (state === 0 ? 0 : 1), 0);
      const logZ = logPartitions(map, temperature);
      found.miniatures.set(miniature(map, temperature, logZ, miniatureSide), at * height * width);
    }
  });
  return found;
}

import { readAttentionOverrides, readAttentionParams, readPlace } from "./attentionGuards";
import type { CalibrationChoice } from "./calibration";
import { readCalibrationChoice } from "./calibrationGuards";
import type { Guards } from "./channel";
import { bytes, check, fields, index, temperature, text, type Fields } from "./checks";
import type {
  AttentionMapParams,
  AttentionRequests,
  ComputeRequests,
  FileRef,
  ViewRequests,
} from "./messages";
import { readOverrides } from "./overrides";
import { readViewState } from "./viewState";

/** More values than a table shows are no request of ours. */
const maxValues = 1 << 20;

const roles = ["labels", "classNames", "tokens"] as const;

function readFileRef(value: unknown): FileRef {
  const given = fields(value);
  const name = text(given.name, "file name");
  return given.bytes === undefined
    ? { name, path: text(given.path, "path") }
    : { name, bytes: bytes(given.bytes) };
}

const nothing = (): Record<string, never> => ({});

const attentionGuards: Guards<AttentionRequests> = {
  attention: value => {
    const given = fields(value);
    return {
      set: text(given.set, "attention maps"),
      overrides: readAttentionOverrides(given.overrides),
    };
  },
  attentionHead: value => {
    const given = fields(value);
    return { ...readAttentionParams(given), place: readPlace(given.place) };
  },
  attentionHeads: value => {
    const given = fields(value);
    return {
      ...readAttentionParams(given),
      batch: index(given.batch, "batch"),
      temperature: temperature(given.temperature),
    };
  },
  attentionCurves: value => {
    const given = fields(value);
    return { ...readAttentionParams(given), batch: index(given.batch, "batch") };
  },
  attentionKeys: value => {
    const given = fields(value);
    return { ...readAttentionParams(given), place: readPlace(given.place) };
  },
};

function readMapParams(value: unknown): AttentionMapParams {
  return {
    ...attentionGuards.attentionHead(value),
    temperature: temperature(fields(value).temperature),
  };
}

/** What a view may ask of the host. A webview is not to be trusted more than a web page. */
export const viewGuards: Guards<ViewRequests> = {
  ...attentionGuards,
  ready: value => ({ state: readViewState(fields(value).state) }),
  read: value => ({ overrides: readOverrides(fields(value).overrides) }),
  row: value => ({ index: index(fields(value).index, "row") }),
  scan: value => ({ temperature: temperature(fields(value).temperature) }),
  statistics: nothing,
  profile: readCalibrationChoice,
  measure: readMeasure,
  calibrate: readCalibrationChoice,
  calibrateOther: readCalibrationChoice,
  exportReport: readCalibrationChoice,
  exportProbabilities: value => ({ temperature: temperature(fields(value).temperature) }),
  copyAsPython: readCalibrationChoice,
  copyAttention: readMapParams,
  values: value => readRange(fields(value)),
  pickSource: value => {
    const { role } = fields(value);
    return { role: check((roles as readonly unknown[]).includes(role), role, "role") };
  },
  copy: value => ({ text: text(fields(value).text, "text") }),
  save: value => {
    const given = fields(value);
    return { name: text(given.name, "name"), bytes: bytes(given.bytes) };
  },
  reopenAsText: nothing,
};

function readMeasure(value: unknown): CalibrationChoice & { temperature: number } {
  return { ...readCalibrationChoice(value), temperature: temperature(fields(value).temperature) };
}

function readRange(given: Fields): { start: number; count: number } {
  const count = index(given.count, "count");
  check(count <= maxValues, count, "count");
  return { start: index(given.start, "start"), count };
}

function readFiles(value: unknown): { file: FileRef; siblings: FileRef[] } {
  const given = fields(value);
  const siblings: unknown[] = check(Array.isArray(given.siblings), given.siblings, "siblings");
  return { file: readFileRef(given.file), siblings: siblings.map(readFileRef) };
}

function readDocument(value: unknown): { document: string } {
  return { document: text(fields(value).document, "document") };
}

/** What the host may ask of its worker. */
export const computeGuards: Guards<ComputeRequests> = {
  attention: value => ({ ...readDocument(value), ...attentionGuards.attention(value) }),
  attentionHead: value => ({ ...readDocument(value), ...attentionGuards.attentionHead(value) }),
  attentionHeads: value => ({ ...readDocument(value), ...attentionGuards.attentionHeads(value) }),
  attentionCurves: value => ({ ...readDocument(value), ...attentionGuards.attentionCurves(value) }),
  attentionKeys: value => ({ ...readDocument(value), ...attentionGuards.attentionKeys(value) }),
  open: value => ({
    ...readDocument(value),
    ...readFiles(value),
    overrides: readOverrides(fields(value).overrides),
  }),
  glance: readFiles,
  attach: value => {
    const given = fields(value);
    return { ...readDocument(value), file: readFileRef(given.file) };
  },
  read: value => {
    const given = fields(value);
    return {
      ...readDocument(value),
      overrides: readOverrides(given.overrides),
    };
  },
  row: value => {
    const given = fields(value);
    return { ...readDocument(value), index: index(given.index, "row") };
  },
  scan: value => {
    const given = fields(value);
    return {
      ...readDocument(value),
      temperature: temperature(given.temperature),
    };
  },
  statistics: readDocument,
  profile: value => ({ ...readDocument(value), ...readCalibrationChoice(value) }),
  measure: value => ({ ...readDocument(value), ...readMeasure(value) }),
  fit: value => ({ ...readDocument(value), ...readCalibrationChoice(value) }),
  holdOut: value => ({ ...readDocument(value), ...readCalibrationChoice(value) }),
  probabilities: value => {
    const given = fields(value);
    return {
      ...readDocument(value),
      temperature: temperature(given.temperature),
      first: index(given.first, "row"),
      count: index(given.count, "count"),
    };
  },
  values: value => {
    const given = fields(value);
    return { ...readDocument(value), ...readRange(given) };
  },
  attentionProgram: value => ({
    ...readDocument(value),
    ...readMapParams(value),
    path: text(fields(value).path, "path"),
  }),
  close: readDocument,
};

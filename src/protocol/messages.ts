import type { MapReading, RowProfile, Statistics } from "../core";
import type { Overrides, SourceId } from "../dump/reading";
import type {
  AttentionCurves,
  AttentionHead,
  AttentionHeads,
  AttentionKeys,
  AttentionOverrides,
  AttentionPlace,
  AttentionReading,
} from "./attention";
import type { Calibration, CalibrationChoice, Fitted, HeldOut, Measured } from "./calibration";
import type { DumpInfo, Elements, RowData, Scan } from "./dumpInfo";
import type { Settings } from "./settings";
import type { ViewState } from "./viewState";

/** Why there is nothing to show, for people. `advice` buttons are named by `actions`. */
export interface Failure {
  readonly message: string;
  readonly reason: string;
}

/** What the view gets when it says it is ready, and again whenever the file was read anew. */
export interface Opened {
  readonly info: DumpInfo | null;
  /** The fit, if this dump was calibrated as it is read now. */
  readonly calibration: Calibration | null;
  readonly failure: Failure | null;
  readonly temperature: number;
  readonly settings: Settings;
  /** The row to go to, if a person asked for one. */
  readonly row?: number;
}

/** Which attention maps, and how they are read. */
export interface AttentionParams {
  readonly set: SourceId;
  readonly reading: MapReading;
}

/** A map of a set, at a temperature. */
export interface AttentionMapParams extends AttentionParams {
  readonly place: AttentionPlace;
  readonly temperature: number;
}

/** Requests about attention maps, which the host hands on to its worker. */
export type AttentionRequests = {
  /** What the numbers of a set of maps are, and who its queries and keys are. */
  attention: {
    params: { set: SourceId; overrides: AttentionOverrides };
    reply: AttentionReading;
  };
  /** One map of a set. */
  attentionHead: { params: AttentionParams & { place: AttentionPlace }; reply: AttentionHead };
  /** One exact pass over all heads of an item of a batch; progress, can be cancelled. */
  attentionHeads: {
    params: AttentionParams & { batch: number; temperature: number };
    reply: AttentionHeads;
  };
  /** The row profiles of all heads, as curves over T; progress, can be cancelled. */
  attentionCurves: { params: AttentionParams & { batch: number }; reply: AttentionCurves };
  /** How many keys of one map hold 90 % of the mass. */
  attentionKeys: { params: AttentionParams & { place: AttentionPlace }; reply: AttentionKeys };
};

/** Requests of a view to the host: parameters and reply of each. */
export type ViewRequests = AttentionRequests & {
  ready: { params: { state: ViewState | null }; reply: Opened };
  /** Reads the dump another way; the reply is what it is now. */
  read: { params: { overrides: Overrides }; reply: DumpInfo };
  row: { params: { index: number }; reply: RowData };
  /** One pass over all rows; reports progress and can be cancelled. */
  scan: { params: { temperature: number }; reply: Scan };
  statistics: { params: Record<string, never>; reply: Statistics };
  /** Elements of the array in C order, for the plain table of an array that is no logits. */
  values: { params: { start: number; count: number }; reply: Elements };
  /** What every metric at any temperature follows from, by one pass; progress, can be cancelled. */
  profile: { params: CalibrationChoice; reply: RowProfile };
  /** One exact pass at a temperature; progress, can be cancelled. */
  measure: { params: CalibrationChoice & { temperature: number }; reply: Measured };
  /** Fits the temperature on this dump and judges it; progress, can be cancelled. */
  calibrate: { params: CalibrationChoice; reply: Calibration };
  /** Asks the person for another dump and fits on that; null when they changed their mind. */
  calibrateOther: { params: CalibrationChoice; reply: Calibration | null };
  /** Copies a NumPy program that computes an attention map. */
  copyAttention: { params: AttentionMapParams; reply: null };
  /** Asks where to save a report of the calibration, and writes it. */
  exportReport: { params: CalibrationChoice; reply: { saved: boolean } };
  /** Asks where to save the probabilities at a temperature, as .npy or CSV, and writes them. */
  exportProbabilities: { params: { temperature: number }; reply: { saved: boolean } };
  /** Copies a NumPy program that computes what is shown. */
  copyAsPython: { params: CalibrationChoice; reply: null };
  /** Asks the person for a file with labels or names; null when they changed their mind. */
  pickSource: { params: { role: "labels" | "classNames" | "tokens" }; reply: DumpInfo | null };
  copy: { params: { text: string }; reply: null };
  /** Asks where to save and writes; false when the person changed their mind. */
  save: { params: { name: string; bytes: Uint8Array }; reply: { saved: boolean } };
  reopenAsText: { params: Record<string, never>; reply: null };
};

/** What a view tells the host without waiting. */
export type ViewEvents = {
  temperature: { value: number };
  /** What the view holds now; the host uses it for the status bar. */
  row: { index: number };
};

/** What the host tells its views. */
export type HostEvents = {
  opened: Opened;
  temperature: { value: number };
  settings: Settings;
  /** A command of the palette that acts inside the view. */
  command: { name: "nextRow" | "previousRow" | "focusTemperature" | "showCalibration" };
  /** The dump was fitted, by whichever view or command; told again when the fit is judged. */
  calibrated: Calibration;
};

/** A file as the worker gets it: a local path read by range, or bytes from another file system. */
export type FileRef =
  | { readonly path: string; readonly name: string }
  | { readonly bytes: Uint8Array; readonly name: string };

/** Requests of the host to the worker that owns the open dumps. */
export type ComputeRequests = {
  [M in keyof AttentionRequests]: {
    params: AttentionRequests[M]["params"] & { document: string };
    reply: AttentionRequests[M]["reply"];
  };
} & {
  open: {
    params: { document: string; file: FileRef; siblings: FileRef[]; overrides: Overrides };
    reply: DumpInfo;
  };
  /** What a dump is and its first row, by no more of its files than that takes; it isn't opened. */
  glance: {
    params: { file: FileRef; siblings: FileRef[] };
    reply: { info: DumpInfo; row: RowData | null };
  };
  /** Adds a file that a person picked; the reply names the sources it brought. */
  attach: { params: { document: string; file: FileRef }; reply: { sources: SourceId[] } };
  read: { params: { document: string; overrides: Overrides }; reply: DumpInfo };
  row: { params: { document: string; index: number }; reply: RowData };
  scan: { params: { document: string; temperature: number }; reply: Scan };
  statistics: { params: { document: string }; reply: Statistics };
  profile: { params: CalibrationChoice & { document: string }; reply: RowProfile };
  measure: {
    params: CalibrationChoice & { document: string; temperature: number };
    reply: Measured;
  };
  fit: { params: CalibrationChoice & { document: string }; reply: Fitted };
  holdOut: {
    params: CalibrationChoice & { document: string };
    reply: { heldOut: HeldOut | null };
  };
  /** Rows of probabilities at a temperature, for exports: row-major, rows × classes. */
  probabilities: {
    params: { document: string; temperature: number; first: number; count: number };
    reply: { values: Float64Array };
  };
  values: {
    params: { document: string; start: number; count: number };
    reply: Elements;
  };
  /** The NumPy program that computes an attention map of the file at a path. */
  attentionProgram: {
    params: AttentionMapParams & { document: string; path: string };
    reply: { text: string };
  };
  close: { params: { document: string }; reply: null };
};

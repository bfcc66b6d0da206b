import type { Calibration } from "../src/protocol/calibration";
import type { DumpInfo, RowData } from "../src/protocol/dumpInfo";
import type { Failure } from "../src/protocol/messages";
import type { Settings } from "../src/protocol/settings";
import type { Tab } from "../src/protocol/viewState";
import { emptyAttention, type AttentionDesk } from "./attention/attentionDesk";
import { emptyDesk, type Desk } from "./calibration/desk";

/** Work in the host that takes long enough to be shown. */
export interface Job {
  readonly what: string;
  readonly done: number;
  /** 0 while unknown. */
  readonly total: number;
  cancel(): void;
}

/** Something to tell: a problem interrupts a screen reader, a note waits. */
export interface Message {
  readonly level: "problem" | "note";
  readonly text: string;
}

/** All that the page shows. Only the session replaces it. */
export interface AppState {
  /** Null until the file is open, and while it can't be read. */
  readonly info: DumpInfo | null;
  readonly failure: Failure | null;
  readonly settings: Settings;
  readonly temperature: number;
  readonly pinned: readonly number[];
  readonly tab: Tab;
  /** The row that was asked for; `row` follows when it arrives. */
  readonly rowIndex: number;
  readonly row: RowData | null;
  /** The fit of this dump, as it is read now. */
  readonly calibration: Calibration | null;
  readonly desk: Desk;
  readonly attention: AttentionDesk;
  readonly job: Job | null;
  readonly message: Message | null;
  /** What the live region says. */
  readonly announcement: string;
}

export const initialState: AppState = {
  info: null,
  failure: null,
  settings: { topK: 10, bins: 15, entropyUnit: "nats", defaultTemperature: 1 },
  temperature: 1,
  pinned: [],
  tab: "Distribution",
  rowIndex: 0,
  row: null,
  calibration: null,
  desk: emptyDesk,
  attention: emptyAttention,
  job: null,
  message: null,
  announcement: "",
};

import type { AttentionChoice } from "./attention";
import { readAttentionChoice } from "./attentionGuards";
import type { CalibrationChoice } from "./calibration";
import { readCalibrationChoice } from "./calibrationGuards";
import type { Overrides } from "../dump/reading";
import { readOverrides } from "./overrides";

/** The tabs of the editor, by the names people see. */
export const tabs = ["Distribution", "Calibration", "Attention"] as const;
export type Tab = (typeof tabs)[number];

/** What survives hide, restore and reload: kept by the webview's `setState`, versioned. */
export interface ViewState {
  readonly version: 1;
  readonly temperature: number;
  readonly row: number;
  readonly tab: Tab;
  readonly pinned: readonly number[];
  readonly overrides: Overrides;
  /** Whose bins give way to the setting. */
  readonly calibration?: CalibrationChoice;
  /** Since the Attention tab was opened. */
  readonly attention?: AttentionChoice;
}

/** More pinned temperatures than this can't be told apart in a chart. */
export const maxPinned = 3;

/**
 * A saved state as it came back. State of another version or shape is forgotten as a whole: it
 * is better to start afresh than half-way.
 */
export function readViewState(value: unknown): ViewState | null {
  if (typeof value !== "object" || value === null) return null;
  const given = value as Record<string, unknown>;
  const { version, temperature, row, tab, pinned, overrides, calibration, attention } = given;
  if (version !== 1 || !isTemperature(temperature)) return null;
  if (!Number.isSafeInteger(row) || (row as number) < 0) return null;
  if (!tabs.includes(tab as Tab)) return null;
  if (!Array.isArray(pinned) || pinned.length > maxPinned || !pinned.every(isTemperature)) {
    return null;
  }
  try {
    return {
      version: 1,
      temperature,
      row: row as number,
      tab: tab as Tab,
      pinned: pinned as number[],
      overrides: readOverrides(overrides),
      ...(calibration !== undefined && { calibration: readCalibrationChoice(calibration) }),
      ...(attention !== undefined && { attention: readAttentionChoice(attention) }),
    };
  } catch {
    return null;
  }
}

function isTemperature(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

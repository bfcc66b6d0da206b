import { entropyIn, type Distribution } from "../../src/core";
import type { DumpInfo } from "../../src/protocol/dumpInfo";
import type { Settings } from "../../src/protocol/settings";
import { count, figure } from "../format";

/** One line of the table "Summary". */
export interface SummaryLine {
  readonly name: string;
  /** At full precision, in the unit that is shown. */
  readonly value: string | number;
  readonly text: string;
  /** What the name means, for those who want to know. */
  readonly hint?: string;
}

/** What the file is, whatever row is shown. */
export function fileLines(info: DumpInfo): SummaryLine[] {
  const { kind } = info.reading;
  return [
    { name: "Rows", value: info.rows, text: count(info.rows) },
    { name: "Classes", value: info.classes, text: count(info.classes) },
    { name: "Data type", value: info.dtype, text: info.dtype },
    { name: "Kind", value: kind, text: kind, hint: info.kindReason },
  ];
}

/** What the row says at its temperature. Energies are in units of a logit. */
export function rowLines(d: Distribution, unit: Settings["entropyUnit"]): SummaryLine[] {
  const entropy = entropyIn(unit, d.entropy);
  const line = (name: string, value: number, hint: string): SummaryLine => ({
    name,
    value,
    text: figure(value),
    hint,
  });
  return [
    {
      name: "Entropy",
      value: entropy,
      text: `${figure(entropy)} ${unit}`,
      hint: "S = −Σ p ln p: how unsure this row is",
    },
    line("Effective classes", d.effectiveClasses, "e^S: as many equally likely classes"),
    line("ln K", d.lnK, "The entropy of knowing nothing, in nats; masked classes don't count"),
    line("Max probability", d.maxProbability, "The probability of the arg max"),
    line("Margin", d.margin, "Largest minus second largest probability"),
    line("Energy", d.energy, "E = −Σ p z"),
    line("Free energy", d.freeEnergy, "F = E − T·S = −T ln Z"),
    line("Heat capacity", d.heatCapacity, "C = Var(z)/T² = T·dS/dT"),
  ];
}

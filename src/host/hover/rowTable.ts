import {
  entropyIn,
  figure,
  grouped,
  modelRow,
  percent,
  rowState,
  seriesAt,
  temperatureText,
  unusableReasons,
  type LabelledRow,
} from "../../core";
import type { Settings } from "../../protocol/settings";
import { escaped, table } from "./markdown";

/** How a row is shown. */
export interface RowView extends Pick<Settings, "topK" | "entropyUnit"> {
  readonly temperature: number;
  readonly classNames: readonly string[] | null;
  /** The entry under the mouse. */
  readonly entry: number | null;
}

/**
 * A row of logits in Markdown: its likeliest classes, the label and the entry under the mouse, then
 * what the row says as a whole.
 */
export function rowTable(row: LabelledRow, view: RowView): string {
  const { temperature, topK, entry, classNames } = view;
  const state = rowState(row.logits);
  if (state !== "usable") return unusableReasons[state];
  const model = modelRow(row, topK, entry)!;
  const series = seriesAt(model, temperature);
  const lines = model.classes.map((k, i) => {
    const name = escaped(classNames?.[k] ?? String(k));
    const cells = [
      String(model.ranks[i]),
      k === row.label ? `${name} ✓ label` : name,
      figure(row.logits[k]),
      percent(series.probabilities[i]),
      figure(series.logProbabilities[i]),
    ];
    return k === entry ? ["▸", ...cells.map(cell => `**${cell}**`)] : ["", ...cells];
  });
  const T = temperatureText(temperature);
  const head = ["", "Rank", classNames ? "Class" : "Class index", "Logit", `p at T = ${T}`, "ln p"];
  return [
    table(head, [false, true, false, true, true, true], lines),
    summary(model.row, series, model.ranks[model.classes.indexOf(row.label ?? -1)], view),
  ].join("\n\n");
}

function summary(
  { label, logits }: LabelledRow,
  { distribution, rest, probabilities }: ReturnType<typeof seriesAt>,
  labelRank: number | undefined,
  { temperature, entropyUnit }: RowView,
): string {
  const { entropy, maxProbability } = distribution;
  const others = logits.length - probabilities.length;
  return [
    `T = ${temperatureText(temperature)}`,
    `entropy ${figure(entropyIn(entropyUnit, entropy))} ${entropyUnit}`,
    `max probability ${percent(maxProbability)}`,
    ...(label !== null && labelRank ? [`label at rank ${labelRank}`] : []),
    ...(others > 0
      ? [`other ${others === 1 ? "class" : `${grouped(others)} classes`} ${percent(rest)}`]
      : []),
  ].join(" · ");
}

import type { Classwise } from "../../../src/core";
import type { CalibrationChoice } from "../../../src/protocol/calibration";
import { lineOf, stroke } from "../../charts/plot";
import { classText, count, figure, temperatureText } from "../../format";
import { roundAbove, type Picture } from "./picture";

/** Classes that are listed. */
const listed = 50;

/** One class: how often the model bets on it, and how often it is true. */
export interface ClassLine {
  readonly name: string;
  readonly ece: number;
  readonly probability: number;
  readonly frequency: number;
  /** Frequency − mean probability: below 0 where the model bets on it too often. */
  readonly gap: number;
}

/** The classes whose frequency lies farthest from their mean probability, those first. */
export function worstClasses(
  { eceOf, probability, frequency }: Classwise,
  names: readonly string[] | null,
): ClassLine[] {
  const lines = Array.from(eceOf, (ece, k) => ({
    name: classText(names, k),
    ece,
    probability: probability[k],
    frequency: frequency[k],
    gap: frequency[k] - probability[k],
  }));
  return lines.sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap)).slice(0, listed);
}

/** Class by class: on the diagonal, a class is bet on as often as it is true. */
export function classesPicture(
  temperature: number,
  classwise: Classwise,
  names: readonly string[] | null,
  choice: CalibrationChoice,
): Picture {
  const T = temperatureText(temperature);
  const lines = worstClasses(classwise, names);
  const end = roundAbove(Math.max(0, ...lines.map(c => Math.max(c.probability, c.frequency))));
  const all = classwise.eceOf.length;
  return {
    heading: `Classes at T = ${T}`,
    slug: `classes-T${T}`,
    note:
      (all > listed ? `The ${listed} of ${count(all)} classes with the largest gap. ` : "") +
      `ECE of a class in ${choice.bins} bins, ${choice.convention}.`,
    plot: {
      label: `Frequency by mean probability of ${lines.length} classes at T = ${T}.`,
      x: { title: "Mean probability", min: 0, max: end },
      y: { title: "Frequency", min: 0, max: end },
      datasets: theme => {
        const { color } = stroke(theme, 0);
        const diagonal = [
          { x: 0, y: 0 },
          { x: end, y: end },
        ];
        return [
          {
            type: "scatter",
            label: "Class",
            data: lines.map(c => ({ x: c.probability, y: c.frequency })),
            borderColor: color,
            backgroundColor: theme.contrastBorder ? theme.background : color,
            pointStyle: "rectRot",
            pointRadius: 5,
          },
          { ...lineOf(theme, 0, "Honest", diagonal), borderColor: theme.muted, borderWidth: 1 },
        ];
      },
      places: lines.map(c => ({
        x: c.probability,
        y: c.frequency,
        text:
          `${c.name}: mean probability ${figure(c.probability)}, ` +
          `frequency ${figure(c.frequency)}.`,
      })),
    },
    table: {
      caption: "Classes",
      columns: ["Class", "ECE", "Mean probability", "Frequency", "Gap"],
      rows: lines.map(c => [c.name, c.ece, c.probability, c.frequency, c.gap]),
    },
  };
}

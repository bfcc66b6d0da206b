import { grouped } from "../numberText";
import type { TemperatureFit } from "./fit";

/** The verdict of a fit in words. */
export function describeFit(fit: Omit<TemperatureFit, "sentence">): string {
  const { verdict, T, low, high, rows, trueClassZeros } = fit;
  switch (verdict) {
    case "optimum":
      return (
        `The NLL is lowest at T = ${short(T)} ` + `(95 % interval ${short(low)} to ${short(high)}).`
      );
    case "separable":
      return (
        "No class beats the label in any row, so the NLL falls all the way to T = 0: " +
        "these rows don't set a temperature."
      );
    case "worse than uniform":
      return trueClassZeros > 0
        ? `${count(trueClassZeros)} the true class at probability 0, so the NLL is ∞ at every ` +
            "temperature; only with clipped probabilities is there one to fit."
        : "The scores say less about the labels than equal chances do, so the NLL falls all the " +
            "way to T = ∞: no temperature mends them.";
    case "undefined":
      return rows === 0
        ? "No row has both usable scores and a label, so there is nothing to fit."
        : "All scores of a row are equal in every row, so temperature changes nothing.";
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function count(rows: number): string {
  return rows === 1 ? "1 row has" : `${grouped(rows)} rows have`;
}

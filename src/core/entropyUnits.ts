/** Nats by the natural logarithm, bits (shannons) by that to base 2. */
export type EntropyUnit = "nats" | "bits";

/** An entropy in nats in a unit: 1 nat is log₂ e bits. */
export function entropyIn(unit: EntropyUnit, nats: number): number {
  return unit === "bits" ? nats * Math.LOG2E : nats;
}

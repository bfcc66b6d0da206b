/** Entropy in bits (shannons) of one in nats: 1 nat is log₂ e bits. */
export function natsToBits(nats: number): number {
  return nats * Math.LOG2E;
}

import type { Memento } from "vscode";

/** A workspace that remembers nothing. */
export const noMemory: Memento = {
  keys: () => [],
  get: (_key: string, fallback?: unknown) => fallback,
  update: () => Promise.resolve(),
} as Memento;

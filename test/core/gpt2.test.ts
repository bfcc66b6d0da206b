import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describe as describeRow, guessKind, softmax, topK } from "../../src/core";
import { expectClose } from "./support";

interface Golden {
  "gpt2-ex0.json": {
    logsumexp: number;
    argmax: number;
    cases: {
      T: number;
      entropy_nats: number;
      pmax: number;
      free_energy: number;
      top5_ids: number[];
      top5_p: number[];
      top_k: Record<string, { mass: number; cutoff_logit: number }>;
    }[];
  };
}

/** An optional folder of conformance data beside the checkout. */
const data = join(import.meta.dirname, "../../../shared/data");

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(data, path), "utf8")) as T;
}

describe("GPT-2's next token", () => {
  it("agrees with NumPy in float64", context => {
    if (!existsSync(data)) return context.skip("no folder of conformance data beside the checkout");
    const z = Float64Array.from(readJson<{ logits: number[] }>("llm/gpt2-ex0.json").logits);
    const golden = readJson<Golden>("golden/llm.json")["gpt2-ex0.json"];
    expect(guessKind([z], "float32")).toBe("logits");
    expectClose(describeRow(z, 1).logZ, golden.logsumexp);
    for (const expected of golden.cases) {
      const actual = describeRow(z, expected.T);
      expect(actual.argMax).toBe(golden.argmax);
      expectClose(actual.entropy, expected.entropy_nats);
      expectClose(actual.maxProbability, expected.pmax);
      expectClose(actual.freeEnergy, expected.free_energy);
      const p = softmax(z, expected.T);
      expect([...topK(z, 5)]).toEqual(expected.top5_ids);
      expected.top5_ids.forEach((id, i) => expectClose(p[id], expected.top5_p[i]));
      for (const [k, { mass, cutoff_logit }] of Object.entries(expected.top_k)) {
        const top = topK(z, Number(k));
        expectClose(
          top.reduce((total, id) => total + p[id], 0),
          mass,
        );
        expect(z[top[top.length - 1]]).toBe(cutoff_logit);
      }
    }
  });
});

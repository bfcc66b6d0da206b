import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { capOf, coveredMass, partialState, perplexity, temperPartial } from "../../src/core";
import { partialRow } from "../../src/compute/partial";
import { openDump } from "./dumpOf";

/** Recorded answers by others; an optional folder beside the checkout. */
const data = path.resolve(__dirname, "../../../shared/data/logprobs");

/** Tokens and perplexity of each text, by Python's json and math. */
const texts: Record<string, [number, number][]> = {
  "cerebras_gemma-4-31b": [[2, 1.0160442020275042]],
  "cohere_command-r7b-12-2024_thinking": [[2, 1.3931935432160354]],
  "deepseek_deepseek-v4-pro_thinking": [
    [1, 1],
    [63, 1.4166488941588025],
  ],
  "ollama_qwen3.5-2b": [[2, 6.353029144512496]],
  openai_completion_0deb8e9b: [[2, 114700.53873369239]],
  "togetherai_openai_gpt-oss-20b_thinking": [[50, 2.1555173827284415]],
};

describe.skipIf(!existsSync(data))("recorded answers (need ../shared/data)", () => {
  it.each(Object.entries(texts))("%s opens with its texts", async (name, expected) => {
    const dump = await openDump(path.join(data, `${name}.json`));
    const { rows, partial } = dump.info();
    const starts = partial!.sequences.map(({ start }) => start);
    const found = starts.map((start, i) => {
      const end = starts[i + 1] ?? rows;
      return [end - start, perplexity(partial!.logprobs, start, end)];
    });
    expected.forEach(([count, value], i) => {
      expect(found[i][0]).toBe(count);
      expect(found[i][1]).toBeCloseTo(value, 9);
    });
    expect(found.length).toBe(expected.length);
    await dump.close();
  });

  it.each(Object.keys(texts))("%s has a distribution at every temperature", async name => {
    const dump = await openDump(path.join(data, `${name}.json`));
    for (let row = 0; row < dump.view.rows; row++) {
      const { logits, partial } = partialRow(dump.view.partial!, row);
      if (logits.length === 0) continue; // the first token of a prompt
      expect(partialState(logits)).toBe("usable");
      expect(coveredMass(logits)).toBeLessThan(1 + 1e-5);
      const known = { logprobs: logits, cap: capOf(logits, partial!.sampled), vocabulary: 2e5 };
      for (const T of [0, 0.5, 1, 2, Infinity]) {
        const { low, high, remainder } = temperPartial(known, T);
        expect(low.reduce((sum, p) => sum + p, remainder.low)).toBeLessThan(1 + 1e-5);
        expect(high.reduce((sum, p) => sum + p, remainder.high)).toBeGreaterThan(1 - 1e-5);
      }
    }
    await dump.close();
  });

  it("without log-probabilities are told so", async () => {
    await expect(openDump(path.join(data, "pollinations_openai.json"))).rejects.toThrow(
      /"pollinations_openai\.json" holds an answer without log-probabilities/,
    );
  });
});

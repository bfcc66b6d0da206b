import { describe, expect, it } from "vitest";
import { finishSteps } from "../../src/compute/steps";
import type { Steps } from "../../src/core";
import { quietContext } from "./dumpOf";

function* work(done: number[], milliseconds = 0): Steps<string> {
  for (let n = 0; n < 10; n++) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    done.push(n);
    yield;
  }
  return "all";
}

describe("work in steps", () => {
  it("is done in order, to its result", async () => {
    const done: number[] = [];
    expect(await finishSteps(work(done), quietContext())).toBe("all");
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("lets messages in, which may cancel it", async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const finished = finishSteps(work(done, 25), { ...quietContext(), signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
    await expect(finished).rejects.toMatchObject({ reason: "CANCELLED" });
    expect(done.length).toBeLessThan(10);
  });
});

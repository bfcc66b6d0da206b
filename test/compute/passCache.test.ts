import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PassCache } from "../../src/compute/passCache";
import { openDump } from "./dumpOf";

const megabytes = (count: number) => ({ values: new Uint8Array(count * 2 ** 20) });

describe("what passes found", () => {
  it("is made once, for as long as it is kept", async () => {
    const cache = new PassCache();
    let made = 0;
    const make = async () => ({ made: ++made });
    expect(await cache.get("a", make)).toEqual({ made: 1 });
    expect(await cache.get("a", make)).toEqual({ made: 1 });
    expect(await cache.get("b", make)).toEqual({ made: 2 });
    expect(cache.peek("a")).toEqual({ made: 1 });
    expect(cache.peek("c")).toBeUndefined();
  });

  it("is made once for all who ask meanwhile, unless it fails", async () => {
    const cache = new PassCache();
    let made = 0;
    const slow = async () => {
      await Promise.resolve();
      return { made: ++made };
    };
    const both = await Promise.all([cache.get("a", slow), cache.get("a", slow)]);
    expect(both).toEqual([{ made: 1 }, { made: 1 }]);
    const cancelled = cache.get("b", async () => {
      await Promise.resolve();
      throw new Error("Cancelled.");
    });
    const wanted = cache.get("b", slow);
    await expect(cancelled).rejects.toThrow("Cancelled.");
    expect(await wanted).toEqual({ made: 2 });
  });

  it("is forgotten, the longest unused first, where it outgrows the memory for it", async () => {
    const cache = new PassCache();
    const made: string[] = [];
    const get = (key: string, size: number) =>
      cache.get(key, async () => {
        made.push(key);
        return { nested: megabytes(size) };
      });
    await get("a", 45);
    await get("b", 45);
    await get("a", 45);
    await get("c", 45); // b goes
    await get("a", 45);
    expect(made).toEqual(["a", "b", "c"]);
    await get("b", 45);
    expect(made).toEqual(["a", "b", "c", "b"]);
    await get("huge", 50); // too much to keep, and nothing goes for it
    await get("a", 45);
    expect(made).toEqual(["a", "b", "c", "b", "huge"]);
  });

  it("isn't kept where making it failed", async () => {
    const cache = new PassCache();
    const fail = () => Promise.reject(new Error("cancelled"));
    await expect(cache.get("a", fail)).rejects.toThrow("cancelled");
    expect(await cache.get("a", async () => ({ made: true }))).toEqual({ made: true });
  });
});

describe("the identity of a dump", () => {
  it("is the same when it is opened again, and another once a file or the reading changed", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "logit-inspector-identity-"));
    try {
      const file = path.join(folder, "val_logits.json");
      writeFileSync(file, "[[1, 2], [3, 4]]");
      const identityOf = async (kind?: "values") => {
        const dump = await openDump(file, kind ? { kind } : {});
        const { identity } = dump;
        await dump.close();
        return identity;
      };
      const first = await identityOf();
      expect(await identityOf()).toBe(first);
      expect(await identityOf("values")).not.toBe(first);
      writeFileSync(file, "[[1, 2], [3, 5]]");
      const second = await identityOf();
      expect(second).not.toBe(first);
      writeFileSync(path.join(folder, "val_labels.json"), "[0, 1]");
      expect(await identityOf()).not.toBe(second);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

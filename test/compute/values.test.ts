import path from "node:path";
import { describe, expect, it } from "vitest";
import { values } from "../../src/compute/passes";
import { openDump } from "./dumpOf";

const fixture = (name: string) => path.resolve(__dirname, "../fixtures/formats", name);

describe("a member that is inflated on the way", () => {
  it("is judged by its first rows, so that it opens before the rest is inflated", async () => {
    const dump = await openDump(fixture("zeros.npz"));
    expect(dump.view.tensor.sequential).toBe(true);
    expect(dump.view.kindReason).not.toBe("");
    await dump.close();
  });
});

describe("elements of an array", () => {
  it("are exact as text where float64 would round them", async () => {
    const dump = await openDump(fixture("int64.npy"));
    const { exact } = await values(dump.view, 0, 100);
    expect(exact).toEqual(["-9223372036854775808", "9007199254740993", "9007199254740992", "-7"]);
    await dump.close();
  });

  it("come in C order from a column-major file, from any start", async () => {
    const dump = await openDump(fixture("fortran.npy"));
    const all = await values(dump.view, 0, 100);
    expect([...all.values]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(all.exact).toBeNull();
    const some = await values(dump.view, 2, 3);
    expect([...some.values]).toEqual([2, 3, 4]);
    await dump.close();
  });

  it("are none of an empty array and one of a scalar", async () => {
    const empty = await openDump(fixture("no_rows.npy"));
    expect((await values(empty.view, 0, 10)).values).toHaveLength(0);
    await empty.close();
    const scalar = await openDump(fixture("scalar.npy"));
    expect([...(await values(scalar.view, 0, 10)).values]).toEqual([0.1]);
    await scalar.close();
  });
});

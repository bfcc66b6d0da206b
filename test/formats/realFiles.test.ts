import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { FileSource } from "../../src/compute/fileSource.node";
import { elementCount, toFloat64 } from "../../src/core/tensor";
import type { DType } from "../../src/core/tensor";
import type { Member, OpenedFile } from "../../src/formats/index";
import { openFile } from "../../src/formats/open";
import { attempt } from "./outcome";

/** An optional folder of real files beside the checkout, with NumPy's own reading of them. */
const folder = resolve(__dirname, "../../../shared/data");
const present = existsSync(folder);

interface Reading {
  error?: string;
  dtype?: string;
  shape?: number[];
  order?: string;
  sum?: number;
  first?: unknown[];
}
type Golden = Record<string, Reading | Record<string, Reading>>;
const golden = present
  ? (JSON.parse(readFileSync(`${folder}/golden/npy.json`, "utf8")) as Golden)
  : {};

const dtypes: Readonly<Record<string, DType>> = {
  b1: "bool",
  i4: "int32",
  i8: "int64",
  f4: "float32",
  f8: "float64",
};

describe.skipIf(!present)("real files beside the checkout, as NumPy reads them", () => {
  it.each(Object.entries(golden))("%s", async (file, reading) => {
    const source = await FileSource.open(`${folder}/npy/${file}`);
    const { opened, error } = await attempt(() => openFile(source));
    if (error) {
      expect(["OBJECT_ARRAY", "UNSUPPORTED_DTYPE"]).toContain(error.reason);
      expectRefusable(reading as Reading);
    } else {
      for (const member of membersOf(opened)) {
        const one =
          member.name === "" ? reading : (reading as Record<string, Reading>)[member.name];
        await expectReading(member, one as Reading);
      }
    }
    await source.close();
  });

  it("opens every other real file", async () => {
    const files = [
      "classification/lenet-5-cifar-10.npz",
      "classification/imdb_test_set_pyx.npy",
      "classification/imdb_test_set_original_labels.npy",
      "llm/gpt2-ex0.json",
      "logprobs/deepseek_deepseek-v4-pro_thinking.json",
      "logprobs/openai_completion_0deb8e9b.json",
    ];
    for (const file of files) {
      const source = await FileSource.open(`${folder}/${file}`);
      const opened = await openFile(source);
      if ("members" in opened) expect(opened.members.every(member => member.tensor)).toBe(true);
      await source.close();
    }
  });
});

function membersOf(opened: OpenedFile): readonly Member[] {
  return "members" in opened ? opened.members : [];
}

function expectRefusable({ error, dtype }: Reading): void {
  expect(error !== undefined || !dtypes[dtype!.slice(1)]).toBe(true);
}

async function expectReading(member: Member, reading: Reading): Promise<void> {
  if (!member.tensor) return expectRefusable(reading);
  const { tensor } = member;
  expect(tensor.dtype).toBe(dtypes[reading.dtype!.slice(1)]);
  expect(tensor.shape).toEqual(reading.shape);
  expect(tensor.fortranOrder).toBe(reading.order === "F");
  const { data } = toFloat64(await tensor.read(0, elementCount(tensor.shape)));
  expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(reading.sum!, 10);
  if (!tensor.fortranOrder) expect([...data.slice(0, 4)]).toEqual(reading.first);
}

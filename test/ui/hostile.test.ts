import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { expect, test, type Workbench } from "./workbench";

/** An .npy file whose header is this, and whose data are these bytes. */
function npy(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(`${header}\n`);
  const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8];
  return Uint8Array.from([...start, ...text, ...data]);
}

const f4 = (shape: string) => `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;

/** A zip with one deflated member, whose stated size is `size`. */
function zip(name: string, data: Uint8Array, size = data.length): Uint8Array {
  const packed = deflateRawSync(data);
  const central = Buffer.alloc(46);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  central.writeUInt32LE(0x02014b50, 0);
  for (const [header, at] of [
    [local, 4],
    [central, 6],
  ] as const) {
    header.writeUInt16LE(20, at);
    header.writeUInt16LE(8, at + 4);
    header.writeUInt32LE(packed.length, at + 14);
    header.writeUInt32LE(size, at + 18);
    header.writeUInt16LE(name.length, at + 22);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

/** Bad files, and what their sentence must say beside their name. */
const bad: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ["empty.npy", "", /empty/],
  ["cut.npy", npy(f4("(1000,)"), new Uint8Array(16)), /shorter than its header says/],
  ["order.npy", npy(f4("(2, 2)").replace("False", "Maybe"), new Uint8Array(16)), /header/],
  ["overflow.npy", npy(f4("(4294967296, 4294967296, 4)")), /shape|large|shorter/],
  ["claim.npy", npy(f4("(1073741824,)"), new Uint8Array(900)), /shorter than its header says/],
  ["pickle.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"), /objects?/i],
  ["bomb.npz", zip("a.npy", npy(f4("(1024,)")), 0xfffffff0), /./],
  ["deep.logits.json", "[".repeat(100_000), /deep|nested/],
  ["utf16.logits.json", Uint8Array.from([0xff, 0xfe, 0x5b, 0x00]), /./],
  ["lfs.npy", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 123456\n", /LFS/],
  ["page.npy", "<!DOCTYPE html><html><body>404</body></html>", /web page/i],
];

async function sentenceOf(workbench: Workbench, name: string): Promise<string> {
  await workbench.openFile(name);
  const alert = workbench.webview().getByRole("alert").filter({ hasText: name });
  await expect(alert).toBeVisible();
  return alert.innerText();
}

test("each bad file gets one sentence, and the editor lives on", async ({ workbench }) => {
  test.setTimeout(300_000);
  for (const [name, content] of bad) workbench.writeFile(name, content);
  for (const [name, , says] of bad) {
    const sentence = await sentenceOf(workbench, name);
    expect(sentence).toContain(`"${name}`);
    expect(sentence).toMatch(says);
    expect(sentence).not.toMatch(/\[object|undefined|at .*\(.*:\d+|Error:/);
    await workbench.runCommand("View: Close Editor");
  }
  await workbench.openFile("four.logits.json");
  await expect(workbench.webview().getByRole("table", { name: "Top classes" })).toBeVisible();
  expect(workbench.cspViolations()).toEqual([]);
});

test("nothing in a file becomes markup", async ({ workbench }) => {
  const name = "<img src=x onerror=alert(1)>";
  workbench.writeFile("x.logits.json", JSON.stringify({ logits: [1, 2], classes: [name, "<b>"] }));
  await workbench.openFile("x.logits.json");
  const view = workbench.webview();
  await expect(view.getByRole("table", { name: "Top classes" })).toContainText(name);
  await expect(view.locator("img")).toHaveCount(0);
  expect(workbench.cspViolations()).toEqual([]);
});

test("a file that shrinks while it is open is told, not misread", async ({ workbench }) => {
  const rows = 2000;
  const file = path.join(workbench.folder, "shrinking.npy");
  workbench.writeFile("shrinking.npy", npy(f4(`(${rows}, 100)`), new Uint8Array(4 * 100 * rows)));
  await workbench.openFile("shrinking.npy");
  const view = workbench.webview();
  await expect(view.getByRole("table", { name: "Top classes" })).toBeVisible();
  const handle = openSync(file, "r+");
  ftruncateSync(handle, 5000);
  closeSync(handle);
  await expect(view.getByRole("alert")).toContainText("shorter than its header says");
});

test("4 GB claimed and there opens on its first rows at once", async ({ workbench }) => {
  const file = path.join(workbench.folder, "huge.npy");
  const header = npy(f4("(1048576, 1024)"));
  const handle = openSync(file, "w");
  writeSync(handle, header);
  ftruncateSync(handle, header.length + 4 * 1024 ** 3); // sparse: takes no room on the disk
  closeSync(handle);
  try {
    await workbench.openFile("huge.npy");
    const view = workbench.webview();
    await expect(view.getByRole("table", { name: "Summary" })).toContainText("1,048,576");
    await expect(workbench.statusBar()).toContainText("1048576 × 1024 · float32");
  } finally {
    rmSync(file);
  }
});

test("a folder named like a dump opens as a folder, and nothing breaks", async ({ workbench }) => {
  mkdirSync(path.join(workbench.folder, "x.npy"));
  workbench.writeFile("x.npy/inner.logits.json", "[1, 2, 3]");
  await workbench.openFile("x.npy/inner.logits.json");
  await expect(workbench.webview().getByRole("table", { name: "Top classes" })).toBeVisible();
});

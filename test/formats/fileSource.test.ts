import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileSource } from "../../src/compute/fileSource.node";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-source-"));
  path = join(folder, "report[1].npy");
  await writeFile(path, "0123456789");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("FileSource", () => {
  it("reads by range and stops at the end", async () => {
    const source = await FileSource.open(path);
    expect({ name: source.name, size: source.size }).toEqual({ name: "report[1].npy", size: 10 });
    expect(text(await source.read(3, 4))).toBe("3456");
    expect(text(await source.read(8, 4))).toBe("89");
    await source.close();
  });

  const changes: [string, () => Promise<unknown>, RegExp][] = [
    ["grew", () => appendFile(path, "x"), /changed while it was open/],
    ["was rewritten in place", () => writeFile(path, "abcdefghij"), /changed while it was open/],
    ["was cut", () => truncate(path, 2), /changed while it was open/],
    ["was deleted", () => unlink(path), /was deleted or replaced/],
    [
      "was replaced",
      async () => {
        await writeFile(`${path}.new`, "abcdefghij");
        await rename(`${path}.new`, path);
      },
      /was deleted or replaced/,
    ],
  ];
  it.each(changes)("refuses to read on when the file %s", async (_, change, sentence) => {
    const source = await FileSource.open(path);
    await source.read(0, 1);
    await change();
    await expect(source.read(0, 1)).rejects.toMatchObject({
      reason: "FILE_CHANGED",
      message: expect.stringMatching(sentence),
    });
    await source.close();
  });

  it("says what is missing or no file", async () => {
    await expect(FileSource.open(join(folder, "none.npy"))).rejects.toMatchObject({
      reason: "FILE_MISSING",
      message: '"none.npy": is not there (moved or deleted?); choose another file.',
    });
    await mkdir(join(folder, "d.npy"));
    await expect(FileSource.open(join(folder, "d.npy"))).rejects.toThrow(/is a folder/);
    await expect(FileSource.open(join(path, "x.npy"))).rejects.toThrow(/is not there/);
  });

  it.skipIf(process.platform === "win32")("names pipes, sockets, devices and circles", async () => {
    const at = (name: string) => join(folder, name);
    execFileSync("mkfifo", [at("pipe.npy")]);
    await expect(FileSource.open(at("pipe.npy"))).rejects.toThrow(/is a pipe/);
    await symlink(at("loop.npy"), at("loop.npy"));
    await expect(FileSource.open(at("loop.npy"))).rejects.toThrow(/leads in a circle/);
    await expect(FileSource.open("/dev/null")).rejects.toThrow(/is a device/);
    const server = createServer().listen(at("s.npy"));
    await new Promise(resolve => server.once("listening", resolve));
    await expect(FileSource.open(at("s.npy"))).rejects.toThrow(/is a socket/);
    await new Promise(resolve => server.close(resolve));
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(isRoot || process.platform === "win32")("says when it may not read", async () => {
    await chmod(path, 0o000);
    await expect(FileSource.open(path)).rejects.toThrow(/may not be read by you/);
  });

  const descriptors = "/proc/self/fd";
  it.skipIf(!existsSync(descriptors))("gives every descriptor back", async () => {
    const before = readdirSync(descriptors).length;
    for (let i = 0; i < 1000; i++) {
      const source = await FileSource.open(path);
      await source.read(0, 10);
      await source.close();
    }
    expect(readdirSync(descriptors).length).toBe(before);
  });
});

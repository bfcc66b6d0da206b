import { build, type BuildOptions } from "esbuild";
import { createRequire } from "node:module";
import vm from "node:vm";
import { describe, expect, it } from "vitest";

const { assemblyPlugin } = createRequire(import.meta.url)("../../../esbuild.js");

const options = {
  bundle: true,
  write: false,
  metafile: true,
  format: "iife",
  globalName: "bundle",
  plugins: [assemblyPlugin],
} satisfies BuildOptions;

describe("a bundle", () => {
  it("has the kernel in a browser's worker, where there is no Node", async () => {
    const { outputFiles } = await build({
      ...options,
      platform: "browser",
      target: "es2022",
      entryPoints: ["src/core/kernel/index.ts"],
    });
    const world = vm.createContext({ atob }); // WebAssembly is the language's own
    vm.runInContext(outputFiles[0].text, world);
    expect(vm.runInContext("typeof Buffer", world)).toBe("undefined");
    expect(vm.runInContext("bundle.createKernel().name", world)).toBe("simd");
  }, 60_000);

  it("of the core alone, which the page takes, has none of it", async () => {
    const { metafile } = await build({ ...options, entryPoints: ["src/core/index.ts"] });
    const files = Object.keys(metafile.inputs);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter(file => file.includes("kernel"))).toEqual([]);
  });
});

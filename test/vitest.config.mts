import { createRequire } from "node:module";
import { defineConfig, type Plugin } from "vitest/config";

const { compileKernel } = createRequire(import.meta.url)("../esbuild.js");

/** Does what esbuild.js does in a bundle: `./simd.wasm` is the kernel's bytes. */
const kernel: Plugin = {
  name: "kernel",
  enforce: "pre",
  resolveId: name => (name.endsWith("/simd.wasm") ? "\0kernel" : null),
  async load(id) {
    if (id !== "\0kernel") return null;
    const text = Buffer.from(await compileKernel()).toString("base64");
    return `export default new Uint8Array(Buffer.from("${text}", "base64"));`;
  },
};

export default defineConfig({
  plugins: [kernel],
  test: {
    setupFiles: ["test/propertySeed.ts"],
    // Tests assert no times; this only ends one that hangs, on a busy machine too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ["test/**/*.test.ts"],
    exclude: ["test/host/**", "test/ui/**"],
    reporters: ["dot", "json"],
    outputFile: { json: "test-results/node.json" },
  },
});

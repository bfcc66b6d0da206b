import { createRequire } from "node:module";
import path from "node:path";
import { defineConfig, type Plugin } from "vitest/config";

const { compileAssembly } = createRequire(import.meta.url)("../esbuild.js");
const marked = "\0assembly:";

/** Does what esbuild.js does in a bundle: a `.wasm` is the bytes of the folder `assembly` beside its importer. */
const assembly: Plugin = {
  name: "assembly",
  enforce: "pre",
  resolveId(name, importer) {
    const isWasm = name.endsWith(".wasm") && importer !== undefined;
    return isWasm ? `${marked}${path.join(path.dirname(importer), "assembly")}` : null;
  },
  async load(id) {
    if (!id.startsWith(marked)) return null;
    const bytes = await compileAssembly(id.slice(marked.length));
    const text = Buffer.from(bytes).toString("base64");
    return `export default new Uint8Array(Buffer.from("${text}", "base64"));`;
  },
};

export default defineConfig({
  plugins: [assembly],
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

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["test/propertySeed.ts"],
    include: ["test/**/*.test.ts"],
    exclude: ["test/host/**", "test/ui/**"],
    reporters: ["dot", "json"],
    outputFile: { json: "test-results/node.json" },
  },
});

import tseslint from "typescript-eslint";

/**
 * The rooms and their fences: for each room, what its files may not import.
 * A boundary that only a custom guards does not last; here it fails the build.
 */
const rooms = {
  "src/core": [/^(?!\.)/, /^\.\.\/(?!\.\.)(formats|dump|protocol|compute|host)/, /webview/],
  "src/formats": [/^vscode$/, /^node:/, /\/(dump|protocol|compute|host|webview)\//],
  "src/dump": [/^vscode$/, /^node:/, /\/(protocol|compute|host|webview)\//],
  "src/protocol": [/^vscode$/, /^node:/, /\/(formats|compute|host|webview)\//],
  "src/compute": [/^vscode$/, /\/(host|webview)\//],
  "src/host": [/\/webview\//, /^lit/, /^chart\.js/],
  webview: [/^vscode$/, /^node:/, /\/(formats|compute|host)\//, /core\/kernel/],
};

/** Node-only files: each has a web twin beside it, chosen by esbuild.js for the browser build. */
const nodeOnly = ["src/compute/*.node.ts", "src/host/*.node.ts"];

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      ".vscode-test/**",
      "test-results/**",
      "node_modules/**",
      "src/**/assembly/**", // AssemblyScript, which its own compiler checks
    ],
  },
  ...tseslint.configs.strict,
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Markup from data is forbidden: use a template." },
        { property: "outerHTML", message: "Markup from data is forbidden: use a template." },
        { property: "insertAdjacentHTML", message: "Markup from data is forbidden." },
      ],
    },
  },
  ...Object.entries(rooms).map(([room, forbidden]) => ({
    files: [`${room}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: forbidden.map(regex => ({
            regex: regex.source,
            message: `${room} may not know this: see "The rooms" in CONTRIBUTING.md.`,
          })),
        },
      ],
    },
  })),
  {
    files: ["src/host/**/*.ts", "src/compute/**/*.ts"],
    ignores: nodeOnly,
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "Buffer", message: "Not in a web host." },
        "require",
        "__dirname",
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);

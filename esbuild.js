// Bundles the extension (for Node and for the web), its worker, its webview, and the suites that
// run inside the extension host. Options: --production (small, no tests), --watch.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** Web builds take the twin `x.web.ts` wherever the source imports `./x.node`. */
const webTwins = {
  name: "web-twins",
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.node$/ }, ({ path: name, resolveDir }) => ({
      path: path.resolve(resolveDir, name.replace(/\.node$/, ".web.ts")),
    }));
  },
};

/** What is loaded on demand is a bundle of its own, beside the one that asks for it. */
const onDemand = {
  name: "on-demand",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path: name, kind }) =>
      kind === "dynamic-import" ? { path: `${name}.js`, external: true } : undefined,
    );
  },
};

/** The last source of each folder of AssemblyScript, and what became of it: several bundles want the same. */
const compiled = new Map();

const assemblyFiles = folder =>
  fs
    .readdirSync(folder)
    .filter(name => name.endsWith(".ts"))
    .map(name => path.join(folder, name));

/** Compiles a folder of AssemblyScript to WebAssembly, unless its source is as it was. */
function compileAssembly(folder) {
  const source = assemblyFiles(folder)
    .map(file => fs.readFileSync(file, "utf8"))
    .join("");
  if (source !== compiled.get(folder)?.source) {
    compiled.set(folder, { source, bytes: runAsc(folder) });
  }
  return compiled.get(folder).bytes;
}

async function runAsc(folder) {
  const { default: asc } = await import("assemblyscript/asc");
  const options = "-O3 --noAssert --runtime stub --enable simd --outFile out.wasm";
  let bytes;
  const { error, stderr } = await asc.main(
    ["index.ts", "--baseDir", folder, ...options.split(" ")],
    { writeFile: (_name, contents) => void (bytes = contents) },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return bytes;
}

/** Embeds what the folder `assembly` beside a source is compiled to where that imports a `.wasm`. */
const assemblyPlugin = {
  name: "assembly",
  setup(build) {
    build.onResolve({ filter: /\.wasm$/ }, ({ resolveDir }) => ({
      path: path.join(resolveDir, "assembly"),
      namespace: "assembly",
    }));
    build.onLoad({ filter: /.*/, namespace: "assembly" }, async ({ path: folder }) => ({
      contents: await compileAssembly(folder),
      loader: "binary",
      watchFiles: assemblyFiles(folder),
      watchDirs: [folder],
    }));
  },
};

/** Tells a watching editor when a round of all bundles begins and ends: tasks.json reads these lines. */
let building = 0;
const watchReporter = {
  name: "watch-reporter",
  setup(build) {
    build.onStart(() => {
      if (building++ === 0) console.log("[watch] build started");
    });
    build.onEnd(async ({ errors }) => {
      const messages = await esbuild.formatMessages(errors, { kind: "error" });
      if (messages.length > 0) console.error(messages.join(""));
      if (--building === 0) console.log("[watch] build finished");
    });
  },
};

const common = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: watch ? "silent" : "warning",
  plugins: [assemblyPlugin],
};
const node = { ...common, platform: "node", target: "node20", format: "cjs", external: ["vscode"] };
const web = {
  ...common,
  platform: "browser",
  target: "es2022",
  format: "cjs",
  external: ["vscode"],
  plugins: [assemblyPlugin, webTwins],
};
const page = { ...common, platform: "browser", target: "es2022", format: "iife" };

const bundles = [
  {
    ...node,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    plugins: [assemblyPlugin, onDemand],
    // `require` it is, which VS Code serves with its own module.
    supported: { "dynamic-import": false },
  },
  { ...node, entryPoints: ["src/host/hover/onDemand.ts"], outfile: "dist/onDemand.js" },
  { ...node, entryPoints: ["src/compute/worker.node.ts"], outfile: "dist/worker.js" },
  { ...node, entryPoints: ["src/compute/lane.node.ts"], outfile: "dist/lane.js" },
  { ...web, entryPoints: ["src/extension.ts"], outfile: "dist/web/extension.js" },
  {
    ...web,
    entryPoints: ["src/compute/worker.web.ts"],
    outfile: "dist/web/worker.js",
    format: "iife",
  },
  { ...page, entryPoints: ["webview/main.ts"], outfile: "dist/webview.js" },
  { ...page, entryPoints: ["webview/main.css"], outfile: "dist/webview.css" },
];

const hostSuites = {
  ...node,
  entryPoints: fs
    .readdirSync("test/host", { recursive: true })
    .filter(file => file.endsWith(".test.ts") || file === "index.ts")
    .map(file => path.join("test/host", file)),
  outdir: "dist/test/host",
  outbase: "test/host",
  external: ["vscode", "mocha"],
};

async function main() {
  const wanted = production ? bundles : [...bundles, hostSuites];
  fs.rmSync("dist", { recursive: true, force: true });
  if (!watch) {
    await Promise.all(wanted.map(options => esbuild.build(options)));
    return;
  }
  const reported = options => ({
    ...options,
    plugins: [...(options.plugins ?? []), watchReporter],
  });
  const contexts = await Promise.all(wanted.map(options => esbuild.context(reported(options))));
  await Promise.all(contexts.map(context => context.watch()));
}

if (require.main === module) main().catch(() => process.exit(1));

module.exports = { compileAssembly, assemblyPlugin };

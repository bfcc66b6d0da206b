import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathInRoot, root } from "./workbench/processes.mjs";

/**
 * The three kinds of tests. For each: which files hold them, where its runner leaves its report, and
 * how to read that report as a list of { file, title, state }, the file relative to the checkout.
 */
export const kinds = {
  node: {
    holds: file => !kinds.host.holds(file) && !kinds.ui.holds(file),
    report: "test-results/node.json",
    read: ({ testResults }) =>
      testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status }) => outcome(relative(name), fullName, status)),
      ),
  },
  host: {
    holds: file => file.startsWith("test/host/"),
    report: "test-results/host.json",
    read: outcomes => outcomes.map(({ file, title, state }) => outcome(file, title, state)),
  },
  ui: {
    holds: file => file.startsWith("test/ui/"),
    report: "test-results/ui.json",
    read: ({ config, suites }) => suites.flatMap(suite => uiOutcomes(suite, config.rootDir)),
  },
};

/** What the report of one kind says, and a sentence for every way in which it is incomplete. */
export function readOutcomes(kind) {
  const { holds, report, read } = kinds[kind];
  if (!existsSync(pathInRoot(report))) {
    return { outcomes: [], problems: [`The ${kind} tests left no report: they did not run.`] };
  }
  const outcomes = read(JSON.parse(readFileSync(pathInRoot(report), "utf8")));
  const ran = new Set(outcomes.map(({ file }) => file));
  const missed = testFiles().filter(file => holds(file) && !ran.has(file));
  const problems = missed.map(file => `${file} did not run, or holds no test.`);
  if (outcomes.length === 0) problems.push(`The report of the ${kind} tests holds no test.`);
  return { outcomes, problems };
}

/** Every test file on disk. */
function testFiles() {
  const names = readdirSync(pathInRoot("test"), { recursive: true });
  return names
    .filter(name => name.endsWith(".test.ts"))
    .map(name => relative(pathInRoot("test", name)));
}

function uiOutcomes({ file, specs = [], suites = [] }, rootDir) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.map(({ status }) => outcome(relative(path.join(rootDir, file)), title, status)),
  );
  return [...own, ...suites.flatMap(suite => uiOutcomes(suite, rootDir))];
}

/** Each runner has words of its own for the three things that can become of a test. */
function outcome(file, title, status) {
  const passed = ["passed", "expected", "flaky"].includes(status);
  const skipped = ["skipped", "pending", "todo"].includes(status);
  return { file, title, state: passed ? "passed" : skipped ? "skipped" : "failed" };
}

const relative = file => path.relative(root, file).replaceAll("\\", "/");

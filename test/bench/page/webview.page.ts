import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import type { CDPSession } from "@playwright/test";
import { expect, test, type Workbench } from "../../ui/workbench";

/** The folder with the dumps, and the file for what was measured: `webview.bench.ts` names both. */
const folder = process.env.BENCH_FOLDER!;
const results: Record<string, { cost: number; note: string }> = {};

test.use({ files: folder });
test.afterAll(() => writeFileSync(process.env.BENCH_RESULTS!, JSON.stringify(results)));

test("script per frame while the temperature is dragged", async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFile("val_logits.npy");
  const view = workbench.webview();
  await view.getByRole("tab", { name: "Calibration" }).click();
  await expect(view.getByRole("table", { name: "Reliability bins" })).toBeVisible();
  await expect(view.getByRole("heading", { name: "NLL and ECE by temperature" })).toBeVisible();
  await page.waitForTimeout(8000); // exact passes and curves are done, nothing else is at work
  const slider = view.getByRole("slider", { name: "Temperature" });
  const box = (await slider.boundingBox())!;
  const y = box.y + box.height / 2;
  const session = await page.context().newCDPSession(page);
  const events = await traced(session, async () => {
    await page.mouse.move(box.x + box.width * 0.45, y);
    await page.mouse.down();
    for (let step = 0; step < 120; step++) {
      const swing = 0.5 + 0.3 * Math.sin(step / 15);
      await page.mouse.move(box.x + box.width * swing, y);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  });
  const frames = scriptByFrame(events);
  const { median, p95, worst } = spread(frames);
  results.drag = {
    cost: median,
    note: `95 % under ${p95.toFixed(1)}, the longest ${worst.toFixed(1)} ms, of ${frames.length} frames; the workbench's own script included`,
  };
});

for (const [key, name] of [
  ["open200", "val_logits.npy"],
  ["open4000", "huge.npy"],
] as const) {
  test(`first picture of ${name}`, async ({ workbench }) => {
    if (name === "huge.npy") writeHuge(path.join(workbench.folder, name));
    await workbench.page.addInitScript(watchForPicture);
    const seen: number[] = [];
    for (let round = 0; round < 5; round++) {
      await workbench.openFile(name);
      seen.push(await firstPicture(workbench));
      await workbench.runCommand("View: Close All Editors");
    }
    const { median, worst } = spread(seen);
    results[key] = { cost: median, note: `the slowest of 5: ${worst.toFixed(0)} ms` };
  });
}

/** From when the view's page is written to the picture and table of the first row, by its clock. */
async function firstPicture(workbench: Workbench): Promise<number> {
  await expect(workbench.webview().getByRole("table", { name: "Top classes" })).toBeVisible();
  const times = await Promise.all(
    workbench.page
      .frames()
      .map(frame => frame.evaluate("window.pictured - window.written").catch(() => null)),
  );
  return times.find(time => Number.isFinite(time)) as number;
}

/** Runs in each frame: looks every 4 ms whether the table of the first row is there. */
function watchForPicture(): void {
  const find = (root: ParentNode): boolean =>
    [...root.querySelectorAll("*")].some(
      element =>
        (element.localName === "caption" && /Top classes/.test(element.textContent ?? "")) ||
        (element.shadowRoot !== null && find(element.shadowRoot)),
    );
  const { write } = Document.prototype;
  Document.prototype.write = function (...text) {
    Object.assign(window, { written: performance.now() });
    write.apply(this, text);
  };
  // A timer, as the page is written into its frame later, which ends what waits for a frame.
  const timer = setInterval(() => {
    if (!document.querySelector("logit-inspector") || !find(document)) return;
    Object.assign(window, { pictured: performance.now() });
    clearInterval(timer);
  }, 4);
}

/** 4 GB of zeros that take no room on the disk. */
function writeHuge(file: string): void {
  const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (1048576, 1024), }";
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  const handle = openSync(file, "w");
  writeSync(handle, Buffer.concat([start, Buffer.from(`${text.padEnd(117)}\n`)]));
  ftruncateSync(handle, 128 + 4 * 1024 ** 3);
  closeSync(handle);
}

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tid: number;
  pid: number;
}

/** The browser's trace of what happens meanwhile. */
async function traced(session: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["devtools.timeline", "disabled-by-default-devtools.timeline.frame"],
    },
  });
  await act();
  const complete = new Promise(resolve => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  return events;
}

const script = new Set([
  "FunctionCall",
  "EvaluateScript",
  "EventDispatch",
  "FireAnimationFrame",
  "TimerFire",
]);

/** Milliseconds of script between one frame and the next, on the thread that has most of it. */
function scriptByFrame(events: readonly TraceEvent[]): number[] {
  const threads = new Map<string, TraceEvent[]>();
  for (const event of events) {
    const key = `${event.pid}/${event.tid}`;
    if (!threads.has(key)) threads.set(key, []);
    threads.get(key)!.push(event);
  }
  const scripts = (list: readonly TraceEvent[]) =>
    list.filter(e => e.ph === "X" && script.has(e.name));
  const busiest = [...threads.values()].sort((a, b) => scripts(b).length - scripts(a).length)[0]!;
  const begins = busiest
    .filter(event => event.name === "BeginMainThreadFrame" || event.name === "BeginFrame")
    .map(event => event.ts)
    .sort((a, b) => a - b);
  const frames = new Array<number>(begins.length).fill(0);
  let until = -Infinity;
  for (const { ts, dur = 0 } of scripts(busiest).sort((a, b) => a.ts - b.ts)) {
    const end = ts + dur;
    if (end <= until) continue; // inside another
    const frame = begins.findIndex(begin => begin > ts);
    if (frame > 0) frames[frame - 1]! += (end - Math.max(ts, until)) / 1000;
    until = end;
  }
  return frames.filter(ms => ms > 0.2); // frames in which the page had something to do
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

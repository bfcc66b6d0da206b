import { beforeAll, describe, expect, it, vi } from "vitest";
import type { BinRows } from "../../src/core";
import { Session } from "../../webview/session";
import { calibration, measuredAt, sampleProfile } from "./calibrationSamples";
import { SampleHost } from "./sampleHost";
import { dumpInfo } from "./samples";

const settle = (ms = 5) => new Promise(resolve => setTimeout(resolve, ms));

/** Longer than a temperature has to stay for an exact pass. */
const quiet = 400;

beforeAll(() => {
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
});

function labelledHost(change: ConstructorParameters<typeof SampleHost>[0] = {}): SampleHost {
  const host = new SampleHost({
    profile: async () => sampleProfile(),
    measure: async params => measuredAt(params.temperature, params),
    calibrate: async () => calibration(),
    ...change,
  });
  host.opened = { ...host.opened, info: dumpInfo({ hasLabels: true }) };
  return host;
}

async function opened(host: SampleHost): Promise<Session> {
  const session = new Session(host);
  await session.start();
  await settle();
  return session;
}

const asked = (host: SampleHost) =>
  host.heard
    .filter(([name]) => name === "measure" || name === "profile")
    .map(([name, params]) =>
      name === "measure" ? (params as { temperature: number }).temperature : name,
    );

describe("the calibration desk", () => {
  it("asks for nothing until its tab is shown", async () => {
    const host = labelledHost();
    const session = await opened(host);
    expect(asked(host)).toEqual([]);
    session.showTab("Calibration");
    await settle();
    expect(asked(host)).toEqual([1, "profile"]);
    expect(session.state.desk.atOne?.metrics.used).toBe(40);
    expect(session.state.desk.current).toBe(session.state.desk.atOne);
  });

  it("asks for nothing without labels", async () => {
    const host = labelledHost();
    host.opened = { ...host.opened, info: dumpInfo() };
    const session = await opened(host);
    session.showTab("Calibration");
    await settle();
    expect(asked(host)).toEqual([]);
  });

  it("follows the slider by the profile, and then by an exact pass", async () => {
    const host = labelledHost();
    const session = await opened(host);
    session.showTab("Calibration");
    await settle();
    session.commitTemperature(2);
    const live = session.state.desk.current!;
    const exact = measuredAt(2);
    expect(live).toMatchObject({ temperature: 2, full: null });
    expect(live.metrics.nll).toBeCloseTo(exact.metrics.nll, 6);
    expect(live.metrics.bins.map(bin => bin.count)).toEqual(exact.metrics.bins.map(b => b.count));
    const rowsOf = (bins: readonly BinRows[]) =>
      bins.map(({ worst }) => worst.map(({ row }) => row));
    expect(rowsOf(live.worst())).toEqual(rowsOf(exact.worst));
    await settle(quiet);
    expect(asked(host)).toEqual([1, "profile", 2]);
    expect(session.state.desk.current?.full?.nll).toBe(exact.metrics.nll);
  });

  it("does not ask again for a temperature it has, and only exactly beyond the profile", async () => {
    const host = labelledHost();
    const session = await opened(host);
    session.showTab("Calibration");
    await settle();
    session.commitTemperature(Infinity);
    expect(session.state.desk.current?.temperature).toBe(1);
    await settle(quiet);
    expect(session.state.desk.current?.temperature).toBe(Infinity);
    session.commitTemperature(1);
    expect(session.state.desk.current?.full).not.toBeNull();
    expect(asked(host)).toEqual([1, "profile", Infinity]);
  });

  it("measures at the fitted temperature", async () => {
    const host = labelledHost();
    const session = await opened(host);
    session.showTab("Calibration");
    await session.calibration.fit();
    await settle();
    expect(session.state.calibration?.fit.T).toBe(2);
    expect(session.state.desk.fitted?.metrics.nll).toBe(measuredAt(2).metrics.nll);
  });

  it("forgets the fit when probabilities are clipped, and measures anew", async () => {
    const host = labelledHost();
    const session = await opened(host);
    session.showTab("Calibration");
    await session.calibration.fit();
    await settle();
    session.calibration.setClip(1e-12);
    await settle();
    expect(session.state.calibration).toBeNull();
    expect(session.state.desk.choice.clip).toBe(1e-12);
    expect(host.heard.at(-1)).toMatchObject(["profile", { clip: 1e-12 }]);
  });

  it("takes over the choice of a fit that was made before", async () => {
    const host = labelledHost();
    const fit = calibration();
    const clipped = { ...fit, choice: { ...fit.choice, clip: 1e-12 } };
    host.opened = { ...host.opened, calibration: clipped };
    const session = await opened(host);
    session.showTab("Calibration");
    await settle();
    expect(session.state.desk.choice.clip).toBe(1e-12);
    expect(session.state.desk.fitted?.temperature).toBe(2);
  });

  it("measures in other bins, but keeps the profile", async () => {
    const host = labelledHost();
    const session = await opened(host);
    session.showTab("Calibration");
    await settle();
    session.calibration.setConvention("(lo, hi]");
    await settle();
    expect(asked(host)).toEqual([1, "profile", 1]);
    expect(session.state.desk.atOne?.metrics.convention).toBe("(lo, hi]");
  });

  it("does not try again unasked what failed", async () => {
    let fails = true;
    const host = labelledHost({
      profile: () =>
        fails ? Promise.reject(new Error("Cut short.")) : Promise.resolve(sampleProfile()),
    });
    const session = await opened(host);
    session.showTab("Calibration");
    await settle();
    expect(session.state.desk.isStopped).toBe(true);
    expect(session.state.message?.text).toBe("Cut short.");
    fails = false;
    session.calibration.resume();
    await settle();
    expect(session.state.desk.isStopped).toBe(false);
    expect(asked(host)).toEqual([1, "profile", "profile"]);
  });

  it("draws curves over the whole slider", async () => {
    const session = await opened(labelledHost());
    session.showTab("Calibration");
    await vi.waitFor(() => expect(session.state.desk.curves).not.toBeNull());
    const { curves } = session.state.desk;
    expect(curves?.temperatures.at(0)).toBe(0.05);
    expect(curves?.temperatures.at(-1)).toBe(20);
    expect(curves?.temperatures[128]).toBe(1);
    expect(curves?.nll[128]).toBeCloseTo(measuredAt(1).metrics.nll, 6);
    expect(curves?.ece[128]).toBeCloseTo(measuredAt(1).metrics.ece, 6);
  });
});

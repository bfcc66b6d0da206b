import {
  covers,
  createRowMeasures,
  evaluateRows,
  ProfileEvaluator,
  type BinConvention,
  type BinRows,
  wholeOf,
  worstRows,
  type RowProfile,
  type RowSample,
} from "../../src/core";
import type { CalibrationChoice, Measured } from "../../src/protocol/calibration";
import type { DumpInfo } from "../../src/protocol/dumpInfo";
import type { AppState } from "../appState";
import { latest } from "../latest";
import { longRequest } from "../longRequest";
import type { Session } from "../session";
import { curvesOf } from "./curves";
import { emptyDesk, type Desk, type Reading } from "./desk";

/** A temperature that stays for so long is worth an exact pass. */
const quietMs = 300;

/** Exact passes that are kept: T = 1, the fitted temperature and the last few of the slider. */
const maxKept = 5;

/** Something to ask the host for, one at a time. */
type Step = { what: "profile" } | { what: "measure"; temperature: number };

/**
 * Keeps the numbers of the Calibration tab in step with the dump, the slider and the fit: first
 * from the row profile, then by an exact pass. Rests while the tab isn't shown.
 */
export class CalibrationDesk {
  private info: DumpInfo | null = null;
  private temperature = NaN;
  private followedFit = NaN;
  private isQuiet = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly exact = new Map<number, Reading>();
  private readonly evaluatorOf = latest((profile: RowProfile) => new ProfileEvaluator(profile));
  /** Steps that were cancelled or failed: not to be tried again unasked. */
  private readonly declined = new Set<string>();
  private running: { step: Step; controller: AbortController } | null = null;
  private drawing = new AbortController();

  constructor(private readonly session: Session) {
    session.store.subscribe(() => this.follow());
  }

  setConvention(convention: BinConvention): void {
    this.rebin({ ...this.choice, convention });
    this.session.remember();
  }

  /** Starts over with probabilities clipped at a floor, or not (null). */
  setClip(clip: number | null): void {
    this.startOver(clip, { calibration: null });
    this.session.remember();
  }

  /** Tries again what was cancelled or failed. */
  resume(): void {
    this.declined.clear();
    this.publish();
  }

  async fit(): Promise<void> {
    const { info, choice } = this;
    const calibration = await longRequest(this.session, "Fitting T", "calibrate", choice);
    if (calibration && info === this.info && choice === this.choice) {
      this.session.store.patch({ calibration });
    }
  }

  async fitOther(): Promise<void> {
    const { info, choice } = this;
    const other = await this.session.ask("calibrateOther", choice);
    if (other && info === this.info && choice === this.choice) this.patch({ other });
  }

  private get desk(): Desk {
    return this.session.state.desk;
  }

  private get choice() {
    return this.desk.choice;
  }

  /** Catches up with the page; called at every change of it, so it does nothing where it can. */
  private follow(): void {
    const { tab, info, settings, temperature, calibration } = this.session.state;
    if (tab !== "Calibration" || !info?.hasLabels || info.reading.kind === "values") return;
    const clip = calibration ? calibration.choice.clip : this.choice.clip;
    if (info !== this.info || clip !== this.choice.clip) this.startOver(clip);
    if (settings.bins !== this.choice.bins) this.rebin({ ...this.choice, bins: settings.bins });
    if (!Object.is(temperature, this.temperature)) this.moveTo(temperature);
    if (!Object.is(this.fittedTemperature, this.followedFit)) {
      this.followedFit = this.fittedTemperature;
      this.publish();
    }
  }

  private startOver(clip: number | null, change: Partial<AppState> = {}): void {
    this.forget();
    this.drawing.abort();
    this.temperature = NaN;
    this.info = this.session.state.info;
    const choice = { ...this.choice, clip };
    this.session.store.patch({ ...change, desk: { ...emptyDesk, choice } });
  }

  /** The same rows in other bins. */
  private rebin(choice: CalibrationChoice): void {
    this.forget();
    this.patch({ choice });
    this.publish();
    this.drawCurves();
  }

  /** What was measured is no longer what is asked for. */
  private forget(): void {
    clearTimeout(this.timer);
    this.isQuiet = true;
    this.running?.controller.abort();
    this.running = null;
    this.exact.clear();
    this.declined.clear();
  }

  private moveTo(temperature: number): void {
    clearTimeout(this.timer);
    const isFirst = Number.isNaN(this.temperature);
    this.temperature = temperature;
    this.isQuiet = isFirst || this.exact.has(temperature);
    if (!this.isQuiet) {
      this.timer = setTimeout(() => {
        this.isQuiet = true;
        this.publish();
      }, quietMs);
    }
    this.publish();
  }

  /** Shows what there is, then asks for what is missing. */
  private publish(): void {
    this.patch({
      atOne: this.exact.get(1) ?? null,
      current: this.exact.get(this.temperature) ?? this.liveReading() ?? this.desk.current,
      fitted: this.exact.get(this.fittedTemperature) ?? null,
      isStopped: this.declined.size > 0,
    });
    void this.work();
  }

  private liveReading(): Reading | null {
    const { temperature } = this;
    const { profile, choice } = this.desk;
    if (!profile || !covers(temperature)) return null;
    const evaluator = this.evaluatorOf(profile);
    const metrics = evaluator.metrics(temperature, choice.bins, choice.convention);
    const worst = latest(() => worstAt(profile, temperature, choice));
    return { temperature, metrics, sample: rowsIn(profile), worst, full: null, classwise: null };
  }

  /** One request at a time, the most wanted first. */
  private async work(): Promise<void> {
    const wanted = this.wanted();
    const { running } = this;
    if (running && isOutdated(running.step, this.temperature, this.fittedTemperature)) {
      running.controller.abort();
      this.running = null;
    }
    if (this.running || !wanted) return;
    const controller = new AbortController();
    const current = (this.running = { step: wanted, controller });
    const isDone = await this.run(wanted, controller, () => this.running === current);
    if (this.running !== current) return;
    this.running = null;
    if (!isDone) this.declined.add(keyOf(wanted));
    this.publish();
  }

  private wanted(): Step | undefined {
    const measure = (temperature: number): Step => ({ what: "measure", temperature });
    const steps = [
      measure(1),
      ...(this.isQuiet ? [measure(this.temperature)] : []),
      { what: "profile" } as const,
      measure(this.fittedTemperature),
    ];
    return steps.find(step => !this.has(step) && !this.declined.has(keyOf(step)));
  }

  private has(step: Step): boolean {
    if (step.what === "profile") return this.desk.profile !== null;
    return Number.isNaN(step.temperature) || this.exact.has(step.temperature);
  }

  /** NaN where there is none. */
  private get fittedTemperature(): number {
    return this.session.state.calibration?.fit.T ?? NaN;
  }

  private async run(
    step: Step,
    controller: AbortController,
    isWanted: () => boolean,
  ): Promise<boolean> {
    const { session, choice } = this;
    if (step.what === "profile") {
      const what = "Preparing the slider";
      const profile = await longRequest(session, what, "profile", choice, controller);
      if (profile && isWanted()) {
        this.patch({ profile });
        this.drawCurves();
      }
      return profile !== undefined;
    }
    const { temperature } = step;
    const params = { ...choice, temperature };
    const measured = await longRequest(session, "Measuring", "measure", params, controller);
    if (measured && isWanted()) this.keep(measured);
    return measured !== undefined;
  }

  private keep(measured: Measured): void {
    const { temperature, metrics, worst, classwise } = measured;
    this.exact.set(temperature, {
      temperature,
      metrics,
      sample: wholeOf(metrics.rows),
      worst: () => worst,
      full: metrics,
      classwise,
    });
    for (const T of [...this.exact.keys()]) {
      if (this.exact.size <= maxKept) break;
      if (T === 1 || T === this.temperature || T === this.fittedTemperature) continue;
      this.exact.delete(T);
    }
  }

  private drawCurves(): void {
    const { profile, choice } = this.desk;
    this.drawing.abort();
    this.drawing = new AbortController();
    if (!profile) return;
    const evaluator = this.evaluatorOf(profile);
    void curvesOf(evaluator, rowsIn(profile), choice, this.drawing.signal).then(curves => {
      if (curves) this.patch({ curves });
    });
  }

  private patch(change: Partial<Desk>): void {
    this.session.store.patch({ desk: { ...this.desk, ...change } });
  }
}

function rowsIn({ rows, population }: RowProfile): RowSample {
  return { count: rows, of: population };
}

function worstAt(
  profile: RowProfile,
  temperature: number,
  { bins, convention }: CalibrationChoice,
): readonly BinRows[] {
  const measures = createRowMeasures(profile.rows);
  evaluateRows(profile, temperature, measures);
  return worstRows(measures, profile.label, bins, convention);
}

function keyOf(step: Step): string {
  return step.what === "profile" ? "profile" : `T = ${step.temperature}`;
}

/** Whether nobody waits for the step any more. */
function isOutdated(step: Step, ...temperatures: readonly number[]): boolean {
  return (
    step.what === "measure" && step.temperature !== 1 && !temperatures.includes(step.temperature)
  );
}

import type { Overrides, Reading, SourceId } from "../src/dump/reading";
import { reasonOf } from "../src/protocol/channel";
import type { Calibration } from "../src/protocol/calibration";
import type { DumpInfo, RowData } from "../src/protocol/dumpInfo";
import type { HostEvents, Opened, ViewRequests } from "../src/protocol/messages";
import { maxPinned, readViewState, type Tab, type ViewState } from "../src/protocol/viewState";
import { initialState, type AppState, type Message } from "./appState";
import { choiceOf } from "./attention/attentionDesk";
import { AttentionWork } from "./attention/attentionWork";
import { CalibrationDesk } from "./calibration/calibrationDesk";
import type { Host, HostChannel } from "./host";
import { RowWalk } from "./rowWalk";
import { Store } from "./store";

/** The one who changes the state: all that a person or the host can do to the page. */
export class Session {
  readonly store = new Store<AppState>(initialState);
  readonly channel: HostChannel;
  readonly walk: RowWalk;
  readonly calibration: CalibrationDesk;
  readonly attention: AttentionWork;
  private rowRequest = new AbortController();
  private frame = 0;

  constructor(private readonly host: Host) {
    this.channel = host.connect({
      opened: opened => this.accept(opened),
      temperature: ({ value }) => {
        this.store.patch({ temperature: value });
        this.remember();
      },
      settings: settings => this.store.patch({ settings }),
      command: ({ name }) => this.obey(name),
      calibrated: calibration => this.store.patch({ calibration }),
    });
    this.walk = new RowWalk(this);
    this.calibration = new CalibrationDesk(this);
    this.attention = new AttentionWork(this);
  }

  get state(): AppState {
    return this.store.state;
  }

  /** Asks the host for the file; everything else follows from the reply. */
  async start(): Promise<void> {
    const saved = readViewState(this.host.recall());
    if (saved) {
      const { attention, desk } = this.state;
      this.store.patch({
        rowIndex: saved.row,
        tab: saved.tab,
        pinned: saved.pinned,
        desk: { ...desk, choice: saved.calibration ?? desk.choice },
        attention: { ...attention, ...saved.attention },
      });
    }
    try {
      this.accept(await this.channel.request("ready", { state: saved }));
    } catch (error) {
      this.store.patch({ failure: { message: sentenceOf(error), reason: reasonOf(error) } });
    }
  }

  /** What focuses the temperature; set by the element that shows it. */
  focusTemperature: () => void = () => undefined;

  /** Shows another temperature at the next frame; to be followed by `commitTemperature`. */
  previewTemperature(value: number): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.store.patch({ temperature: value }));
  }

  /** Sets the temperature, tells the host and remembers it. */
  commitTemperature(value: number): void {
    cancelAnimationFrame(this.frame);
    this.store.patch({ temperature: value });
    this.channel.emit("temperature", { value });
    this.remember();
  }

  pin(value: number): void {
    const { pinned } = this.state;
    if (pinned.includes(value) || pinned.length >= maxPinned) return;
    this.store.patch({ pinned: [...pinned, value].sort((a, b) => a - b) });
    this.remember();
  }

  unpin(value: number): void {
    this.store.patch({ pinned: this.state.pinned.filter(T => T !== value) });
    this.remember();
  }

  showTab(tab: Tab): void {
    if (tab === this.state.tab) return;
    this.store.patch({ tab });
    this.remember();
  }

  /** Goes to a row, or to the nearest there is. */
  async goTo(index: number): Promise<void> {
    const { info } = this.state;
    if (!info || !hasRows(info)) return;
    this.store.patch({ rowIndex: Math.min(Math.max(0, index), info.rows - 1), message: null });
    this.remember();
    const row = await this.fetchRow(this.state.rowIndex);
    if (row) this.store.patch({ row });
  }

  /** Reads the dump another way: the given fields are chosen, all others stay as they are. */
  choose(change: Overrides): Promise<void> {
    return this.read({ ...this.state.info?.overrides, ...change });
  }

  /** Shows another array of the dump; what was chosen for the last one says nothing about it. */
  chooseMember(logits: SourceId): Promise<void> {
    const { labels, classNames, tokens } = this.state.info?.overrides ?? {};
    const kept = { labels, classNames, tokens };
    const chosen = Object.entries(kept).filter(([, id]) => id !== undefined);
    return this.read({ ...Object.fromEntries(chosen), logits });
  }

  /** Gives one field, or several, back to the guess. */
  backToGuess(...fields: (keyof Reading)[]): Promise<void> {
    const chosen = Object.entries(this.state.info?.overrides ?? {});
    return this.read(Object.fromEntries(chosen.filter(([f]) => !fields.includes(f as never))));
  }

  async pickSource(role: ViewRequests["pickSource"]["params"]["role"]): Promise<void> {
    const info = await this.ask("pickSource", { role });
    if (info) await this.reread(info);
  }

  async copy(text: string, what: string): Promise<void> {
    if ((await this.ask("copy", { text })) !== undefined) this.announce(`${what} copied.`);
  }

  async save(name: string, bytes: Uint8Array): Promise<void> {
    if ((await this.ask("save", { name, bytes }))?.saved) this.announce("Saved.");
  }

  reopenAsText(): void {
    void this.ask("reopenAsText", {});
  }

  tell(message: Message | null): void {
    this.store.patch({ message });
  }

  announce(announcement: string): void {
    this.store.patch({ announcement });
  }

  /** A request whose failure becomes a message on the page, and `undefined` here. */
  async ask<M extends keyof ViewRequests>(
    method: M,
    params: ViewRequests[M]["params"],
    signal?: AbortSignal,
  ): Promise<ViewRequests[M]["reply"] | undefined> {
    try {
      return await this.channel.request(method, params, signal ? { signal } : {});
    } catch (error) {
      if (reasonOf(error) !== "CANCELLED") {
        this.tell({ level: "problem", text: sentenceOf(error) });
      }
      return undefined;
    }
  }

  private async read(overrides: Overrides): Promise<void> {
    const info = await this.ask("read", { overrides });
    if (info) await this.reread(info);
  }

  private reread(info: DumpInfo): Promise<void> {
    this.store.patch({ message: null });
    return this.show(info, null);
  }

  private accept({ info, calibration, failure, temperature, settings, row }: Opened): void {
    this.store.patch({ failure, settings, temperature, message: null });
    if (row !== undefined) this.store.patch({ rowIndex: row, tab: "Distribution" });
    if (info) void this.show(info, calibration);
    else this.store.patch({ info: null, calibration: null, row: null });
  }

  /** What was there stays until its successor is complete: no flicker, no lost scroll position. */
  private async show(info: DumpInfo, calibration: Calibration | null): Promise<void> {
    this.walk.forget();
    const rowIndex = this.nearestRow(info);
    if (!this.state.info) this.store.patch({ info, calibration, rowIndex, row: null });
    const row = hasRows(info) ? await this.fetchRow(rowIndex) : undefined;
    this.store.patch({ info, calibration, rowIndex: this.nearestRow(info), row: row ?? null });
    this.remember();
  }

  private nearestRow(info: DumpInfo): number {
    return Math.min(this.state.rowIndex, Math.max(0, info.rows - 1));
  }

  /** Asks for a row in place of the last one that was asked for; undefined if that comes to nothing. */
  private async fetchRow(index: number): Promise<RowData | undefined> {
    this.rowRequest.abort();
    this.rowRequest = new AbortController();
    const row = await this.ask("row", { index }, this.rowRequest.signal);
    if (row) this.channel.emit("row", { index });
    return row;
  }

  private obey(name: HostEvents["command"]["name"]): void {
    if (name === "focusTemperature") this.focusTemperature();
    else if (name === "showCalibration") this.showTab("Calibration");
    else void this.goTo(this.state.rowIndex + (name === "nextRow" ? 1 : -1));
  }

  /** Has the page come back as it is now. */
  remember(): void {
    const { temperature, rowIndex, tab, pinned, info, desk, attention } = this.state;
    const overrides = info?.overrides ?? {};
    this.host.remember({
      version: 1,
      temperature,
      row: rowIndex,
      tab,
      pinned,
      overrides,
      calibration: desk.choice,
      ...(attention.set && { attention: choiceOf(attention) }),
    } satisfies ViewState);
  }
}

/** Whether there is something to ask for by row. */
function hasRows({ rows, classes, reading }: DumpInfo): boolean {
  return rows > 0 && classes > 0 && reading.kind !== "values";
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : "Something went wrong.";
}

import * as vscode from "vscode";
import { grouped } from "../core";
import { roleOf } from "../dump/names";
import { siblingsOf } from "../dump/pairing";
import type { Overrides } from "../dump/reading";
import { reasonOf, type CallOptions } from "../protocol/channel";
import type { Calibration, CalibrationChoice } from "../protocol/calibration";
import type { DumpInfo } from "../protocol/dumpInfo";
import type { ComputeRequests, Failure, FileRef, Opened } from "../protocol/messages";
import type { ComputeClient } from "./computeClient";
import { fileRef, isLocal, nameOf, siblingUris, sizeOf } from "./fileRefs";
import { PickedFiles } from "./pickedFiles";
import { withLateProgress } from "./progress";
import { readSettings } from "./settings";
import { watchFolder } from "./watchFolder";

/** Formats that are read as a whole, so that their size is felt. */
const readWhole = /\.jsonl?$/i;

type DocumentParams<M extends keyof ComputeRequests> = Omit<
  ComputeRequests[M]["params"],
  "document"
>;

/** An open dump as the host knows it: what was read, at which temperature. The bytes are the worker's. */
export class LogitDocument implements vscode.CustomDocument {
  private static opened = 0;

  private readonly id = String(++LogitDocument.opened);
  private readonly changed = new vscode.EventEmitter<void>();
  /** The file was read anew, or another way; or it can't be read any more. */
  readonly onDidChange = this.changed.event;
  private readonly temperatureChanged = new vscode.EventEmitter<number>();
  readonly onDidChangeTemperature = this.temperatureChanged.event;

  private readonly calibrated = new vscode.EventEmitter<Calibration>();
  readonly onDidCalibrate = this.calibrated.event;

  private info: DumpInfo | null = null;
  private fitted: Calibration | null = null;
  private failure: Failure | null = null;
  private overrides: Overrides = {};
  private chosenTemperature: number | null = null;
  private readonly picked: PickedFiles;
  private readonly defaultTemperature = readSettings().defaultTemperature;
  private opening: Promise<void>;
  private readonly watch: vscode.Disposable;
  private largeAllowed = false;

  constructor(
    readonly uri: vscode.Uri,
    private readonly compute: ComputeClient,
    memory: vscode.Memento,
  ) {
    this.picked = new PickedFiles(uri, memory);
    this.opening = this.open();
    const name = nameOf(uri);
    const matters = (changed: string) => changed === name || siblingsOf(name, [changed]).length > 0;
    this.watch = watchFolder(uri, matters, () => void this.reopen());
  }

  /** The person's temperature, else the file's own, else the setting's. */
  get temperature(): number {
    return this.chosenTemperature ?? this.info?.temperature ?? this.defaultTemperature;
  }

  set temperature(value: number) {
    this.chosenTemperature = value;
    this.temperatureChanged.fire(value);
  }

  get hasChosenTemperature(): boolean {
    return this.chosenTemperature !== null;
  }

  get dump(): DumpInfo | null {
    return this.failure ? null : this.info;
  }

  /** The fit of the dump as it is read now, or null. */
  get calibration(): Calibration | null {
    return this.fitted;
  }

  /** Fits the temperature, judges the fit, and tells the views of the one and the other. */
  async calibrate(choice: CalibrationChoice, options?: CallOptions): Promise<Calibration> {
    return this.judge(await this.fit(choice, options), options);
  }

  /** Fits the temperature, and tells the views. */
  async fit(choice: CalibrationChoice, options?: CallOptions): Promise<Calibration> {
    const { info } = this;
    const fitted = { choice, ...(await this.ask("fit", choice, options)) };
    if (this.info === info) this.keep(fitted);
    return fitted;
  }

  /** Judges a fit on rows that are held out, and tells the views. */
  async judge(fitted: Calibration, options?: CallOptions): Promise<Calibration> {
    const judged = { ...fitted, ...(await this.ask("holdOut", fitted.choice, options)) };
    if (this.fitted === fitted) this.keep(judged); // else another fit came between
    return judged;
  }

  /** All that a view needs to paint, once the file was read. */
  async state(): Promise<Opened> {
    await this.opening;
    const { failure, temperature, calibration } = this;
    return { info: this.dump, calibration, failure, temperature, settings: readSettings() };
  }

  /** Reads the file anew, because it changed; views are told when it is done. */
  async reopen(): Promise<void> {
    this.opening = this.opening.then(() => this.open());
    await this.opening;
    this.changed.fire();
  }

  /**
   * Reads the dump another way.
   * @throws RemoteError when it can't be read so; the old way stays
   */
  async read(overrides: Overrides): Promise<DumpInfo> {
    await this.opening;
    this.info = await this.ask("read", { overrides });
    this.fitted = null;
    this.overrides = overrides;
    this.changed.fire();
    return this.info;
  }

  /** Adds a file that a person picked, for one role, and reads the dump with it. */
  async pair(role: "labels" | "classNames" | "tokens", uri: vscode.Uri): Promise<DumpInfo> {
    const { sources } = await this.ask("attach", { file: await this.picked.refOf(uri) });
    await this.picked.add(uri);
    const speaking = sources.find(id => roleOf(id.split("#")[1] ?? "")?.role === role);
    return this.read({ ...this.overrides, [role]: speaking ?? sources[0] ?? null });
  }

  /** Asks the worker about this document. A file that changed meanwhile is read anew, once. */
  async ask<M extends keyof ComputeRequests>(
    method: M,
    params: DocumentParams<M>,
    options?: CallOptions,
  ): Promise<ComputeRequests[M]["reply"]> {
    const all = { ...params, document: this.id } as ComputeRequests[M]["params"];
    try {
      return await this.compute.request(method, all, options);
    } catch (error) {
      if (reasonOf(error) !== "FILE_CHANGED" || method === "open") throw error;
      await this.reopen();
      return this.compute.request(method, all, options);
    }
  }

  dispose(): void {
    this.watch.dispose();
    void this.opening.then(() => this.ask("close", {})).catch(() => undefined);
    this.changed.dispose();
    this.calibrated.dispose();
    this.temperatureChanged.dispose();
  }

  private keep(calibration: Calibration): void {
    this.fitted = calibration;
    this.calibrated.fire(calibration);
  }

  /** Never rejects: what goes wrong is the document's failure, for the view to say. */
  private async open(): Promise<void> {
    try {
      const name = nameOf(this.uri);
      await this.confirmSize(await sizeOf(this.uri));
      const file = await fileRef(this.uri);
      const siblings = await this.siblings();
      const { overrides } = this;
      this.info = await withLateProgress(`Opening ${name}`, options =>
        this.ask("open", { file, siblings, overrides }, options),
      );
      this.fitted = null;
      this.failure = null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.failure = { message, reason: reasonOf(error) };
    }
  }

  /** The files that go with the dump by name, and those that a person picked; missing ones are left out. */
  private async siblings(): Promise<FileRef[]> {
    const named = await siblingUris(this.uri);
    const own = new Set(named.map(uri => uri.toString()));
    const picked = this.picked.uris.filter(uri => !own.has(uri.toString()));
    const refs = await Promise.allSettled([
      ...named.map(fileRef),
      ...picked.map(uri => this.picked.refOf(uri)),
    ]);
    return refs.filter(ref => ref.status === "fulfilled").map(ref => ref.value);
  }

  /** Asks before a file is read that is so large that it will take a while, and memory. */
  private async confirmSize(bytes: number): Promise<void> {
    const megabytes = bytes / 1024 / 1024;
    const whole = readWhole.test(this.uri.path) || !isLocal(this.uri);
    if (this.largeAllowed || !whole || megabytes <= readSettings().warnSizeMB) return;
    const size = grouped(Math.round(megabytes));
    const answer = await vscode.window.showWarningMessage(
      `${nameOf(this.uri)} is ${size} MB and is read as a whole, which takes time and memory.`,
      "Open Anyway",
    );
    if (answer === undefined)
      throw new Error(`"${nameOf(this.uri)}": was not read; it is ${size} MB.`);
    this.largeAllowed = true;
  }
}

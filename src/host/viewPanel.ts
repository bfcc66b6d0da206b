import * as vscode from "vscode";
import { Channel, type Handlers } from "../protocol/channel";
import { viewGuards } from "../protocol/guards";
import type { HostEvents, Opened, ViewEvents, ViewRequests } from "../protocol/messages";
import { inPieces } from "../protocol/pieces";
import { fromWire, toWire } from "../protocol/wire";
import { calibrateOther } from "./calibrateOther";
import { copyAsPython } from "./copyAsPython";
import { exportProbabilities } from "./exportProbabilities";
import { exportReport } from "./exportReport";
import { saveFile } from "./saveFile";
import type { LogitDocument } from "./logitDocument";
import { readSettings, settingsRoot } from "./settings";

type ViewChannel = Channel<Record<never, never>, HostEvents, ViewRequests, ViewEvents>;

/** One view of a document: answers its requests, and tells it what changed. */
export class ViewPanel implements vscode.Disposable {
  private readonly channel: ViewChannel;
  private readonly subscriptions: vscode.Disposable[] = [];
  private isHearing = false;
  private isReady = false;
  /** A row that a person asked for, until the page hears of it. */
  private askedRow: number | undefined;

  constructor(
    readonly document: LogitDocument,
    readonly panel: vscode.WebviewPanel,
    /** Opens another dump, to fit on it. */
    private readonly openDocument: (uri: vscode.Uri) => LogitDocument,
  ) {
    const { webview } = panel;
    const post = inPieces(message => webview.postMessage(toWire(message)));
    this.channel = new Channel(
      {
        // An editor that is closed meanwhile needs nothing more.
        post: message => void post(message).catch(() => undefined),
        listen: listener =>
          void this.subscriptions.push(
            webview.onDidReceiveMessage(message => listener(fromWire(message))),
          ),
      },
      this.handlers(),
      viewGuards,
      {
        temperature: data => {
          if (typeof data?.value === "number" && data.value >= 0) this.hear(data.value);
        },
      },
    );
    this.subscriptions.push(
      document.onDidChange(() => void this.sendState()),
      document.onDidCalibrate(calibration => this.channel.emit("calibrated", calibration)),
      document.onDidChangeTemperature(value => {
        if (!this.isHearing) this.channel.emit("temperature", { value });
      }),
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration(settingsRoot))
          this.channel.emit("settings", readSettings());
      }),
    );
  }

  /** Goes to a row, as soon as the page is there. */
  async goTo(row: number): Promise<void> {
    this.askedRow = row;
    await this.sendState();
  }

  /** Has the view do what a command of the palette says. */
  command(name: HostEvents["command"]["name"]): void {
    this.channel.emit("command", { name });
  }

  dispose(): void {
    this.channel.close("The editor was closed.");
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Takes a temperature over from the view. It isn't sent back: by then the slider has moved on. */
  private hear(temperature: number): void {
    this.isHearing = true;
    this.document.temperature = temperature;
    this.isHearing = false;
  }

  private async sendState(): Promise<void> {
    const opened = await this.document.state();
    // What is sent before the page says that it is ready may be lost.
    this.channel.emit("opened", this.isReady ? this.withRow(opened) : opened);
  }

  private withRow(opened: Opened): Opened {
    const row = this.askedRow;
    this.askedRow = undefined;
    return row === undefined ? opened : { ...opened, row };
  }

  private handlers(): Handlers<ViewRequests> {
    const { document } = this;
    return {
      ready: async ({ state }) => {
        if (state && !document.hasChosenTemperature) document.temperature = state.temperature;
        const opened = this.withRow(await document.state());
        this.isReady = true;
        const isRestored = state !== null && Object.keys(state.overrides).length > 0;
        if (!isRestored || !opened.info || Object.keys(opened.info.overrides).length > 0) {
          return opened;
        }
        // A choice that no longer fits the file is forgotten.
        const info = await document.read(state.overrides).catch(() => opened.info);
        return { ...opened, info };
      },
      read: ({ overrides }) => document.read(overrides),
      row: ({ index }, { signal }) => document.ask("row", { index }, { signal }),
      scan: ({ temperature }, { signal, progress }) =>
        document.ask("scan", { temperature }, { signal, onProgress: progress }),
      statistics: (_, { signal, progress }) =>
        document.ask("statistics", {}, { signal, onProgress: progress }),
      attention: params => document.ask("attention", params),
      attentionHead: (params, { signal }) => document.ask("attentionHead", params, { signal }),
      attentionHeads: (params, { signal, progress }) =>
        document.ask("attentionHeads", params, { signal, onProgress: progress }),
      attentionCurves: (params, { signal, progress }) =>
        document.ask("attentionCurves", params, { signal, onProgress: progress }),
      attentionKeys: (params, { signal }) => document.ask("attentionKeys", params, { signal }),
      values: range => document.ask("values", range),
      profile: (choice, { signal, progress }) =>
        document.ask("profile", choice, { signal, onProgress: progress }),
      measure: (choice, { signal, progress }) =>
        document.ask("measure", choice, { signal, onProgress: progress }),
      calibrate: (choice, { signal, progress }) =>
        document.calibrate(choice, { signal, onProgress: progress }),
      calibrateOther: choice => calibrateOther(document, this.openDocument, choice),
      exportReport: async choice => ({ saved: await exportReport(document, choice) }),
      exportProbabilities: async ({ temperature }) => ({
        saved: await exportProbabilities(document, temperature),
      }),
      copyAsPython: async choice => {
        await copyAsPython(document, choice);
        return null;
      },
      copyAttention: async params => {
        const { text } = await document.ask("attentionProgram", {
          ...params,
          path: document.uri.fsPath,
        });
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      pickSource: async ({ role }) => {
        const uri = await pickFile(document.uri, role);
        return uri ? document.pair(role, uri) : null;
      },
      copy: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      save: async ({ name, bytes }) => ({ saved: await saveFile(document.uri, name, bytes) }),
      reopenAsText: async () => {
        await vscode.commands.executeCommand("vscode.openWith", document.uri, "default");
        return null;
      },
    };
  }
}

const roleTitles = {
  labels: "Choose Labels",
  classNames: "Choose Class Names",
  tokens: "Choose Tokens",
} as const;

async function pickFile(
  beside: vscode.Uri,
  role: keyof typeof roleTitles,
): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: roleTitles[role],
    openLabel: "Choose",
    defaultUri: vscode.Uri.joinPath(beside, ".."),
    filters: { "Labels and names": ["npy", "npz", "json", "jsonl", "txt", "safetensors"] },
  });
  return picked?.[0];
}

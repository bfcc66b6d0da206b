import * as vscode from "vscode";
import { startWorker, workerBundle } from "../compute/starter.node";
import { Channel, type CallOptions, type EventMap } from "../protocol/channel";
import type { ComputeRequests } from "../protocol/messages";
import type { RunningWorker } from "../compute/workerScript";

type ComputeChannel = Channel<ComputeRequests, EventMap, Record<never, never>, EventMap>;

/** The worker as the host sees it: started on the first request, and anew after it ended. */
export class ComputeClient implements vscode.Disposable {
  private running: Promise<{ worker: RunningWorker; channel: ComputeChannel }> | undefined;

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** @throws RemoteError with the worker's sentence */
  async request<M extends keyof ComputeRequests>(
    method: M,
    params: ComputeRequests[M]["params"],
    options?: CallOptions,
  ): Promise<ComputeRequests[M]["reply"]> {
    this.running ??= this.start();
    const { channel } = await this.running;
    return channel.request(method, params, options);
  }

  dispose(): void {
    void this.running?.then(({ worker }) => worker.stop());
  }

  private async start(): Promise<{ worker: RunningWorker; channel: ComputeChannel }> {
    const uri = vscode.Uri.joinPath(this.extensionUri, workerBundle);
    const worker = await startWorker({
      path: uri.fsPath,
      readText: async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)),
    });
    const channel: ComputeChannel = new Channel(worker.port, {}, {}, {});
    worker.onEnd(() => {
      this.running = undefined;
      channel.close("The reader stopped, perhaps for lack of memory; open the file again.");
    });
    return { worker, channel };
  }
}

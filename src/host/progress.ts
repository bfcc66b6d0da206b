import * as vscode from "vscode";
import type { CallOptions } from "../protocol/channel";

/** Work that is done sooner shows no progress: it would only flicker. */
const quietFor = 500;

/** Runs work that can report progress and be cancelled; shows both once it takes a while. */
export async function withLateProgress<T>(
  title: string,
  work: (options: Required<CallOptions>) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let report: (done: number, total: number) => void = () => undefined;
  const result = work({
    signal: controller.signal,
    onProgress: (done, total) => report(done, total),
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      let shown = 0;
      report = (done, total) => {
        const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
        if (percent <= shown) return;
        progress.report({ increment: percent - shown, message: `${percent} %` });
        shown = percent;
      };
      await result.catch(() => undefined);
    });
  }, quietFor);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}

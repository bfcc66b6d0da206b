import { reasonOf } from "../src/protocol/channel";
import type { ViewRequests } from "../src/protocol/messages";
import { sentenceOf, type Session } from "./session";

/** Progress that ends sooner than this is not worth a flicker. */
const showAfterMs = 500;

/**
 * A request that may take long: after half a second it is shown as a job that can be cancelled. A
 * failure becomes a message on the page. Undefined if it failed or was cancelled.
 */
export async function longRequest<M extends keyof ViewRequests>(
  session: Session,
  what: string,
  method: M,
  params: ViewRequests[M]["params"],
  controller = new AbortController(),
): Promise<ViewRequests[M]["reply"] | undefined> {
  const { store, channel } = session;
  const cancel = () => controller.abort();
  const job = { what, done: 0, total: 0, cancel };
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    store.patch({ job: { ...job } });
  }, showAfterMs);
  try {
    return await channel.request(method, params, {
      signal: controller.signal,
      onProgress: (done, total) => {
        Object.assign(job, { done, total });
        if (shown) store.patch({ job: { ...job } });
      },
    });
  } catch (error) {
    if (reasonOf(error) !== "CANCELLED") {
      session.tell({ level: "problem", text: sentenceOf(error) });
    }
    return undefined;
  } finally {
    clearTimeout(timer);
    if (store.state.job?.cancel === cancel) store.patch({ job: null });
  }
}

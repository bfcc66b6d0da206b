import type { Channel, Listeners } from "../src/protocol/channel";
import type { HostEvents, ViewEvents, ViewRequests } from "../src/protocol/messages";

/** The host asks the view for nothing; it only tells. */
type None = Record<never, never>;

export type HostChannel = Channel<ViewRequests, ViewEvents, None, HostEvents>;

/** What the session needs from VS Code: a channel to the host and a memory that survives hiding. */
export interface Host {
  connect(listeners: Listeners<HostEvents>): HostChannel;
  remember(state: unknown): void;
  recall(): unknown;
}

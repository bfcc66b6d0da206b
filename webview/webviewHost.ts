import { Channel, type Port } from "../src/protocol/channel";
import { joinPieces } from "../src/protocol/pieces";
import { fromWire, toWire } from "../src/protocol/wire";
import type { Host } from "./host";

/** The host as a webview finds it. May be called once in a page's life: VS Code's own rule. */
export function webviewHost(): Host {
  const api = acquireVsCodeApi<unknown>();
  const port: Port = {
    post: message => api.postMessage(toWire(message)),
    listen: listener => {
      const take = joinPieces(listener);
      window.addEventListener("message", event => take(fromWire(event.data)));
    },
  };
  return {
    connect: listeners => new Channel(port, {}, {}, listeners),
    remember: state => void api.setState(toWire(state)),
    recall: () => fromWire(api.getState()),
  };
}

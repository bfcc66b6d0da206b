import { parentPort } from "node:worker_threads";
import { MemorySource } from "../formats/memorySource";
import { FileSource } from "./fileSource.node";
import { threadLanes } from "./lanes.node";
import { serve } from "./server";

const port = parentPort!;
serve(
  {
    post: message => port.postMessage(message),
    listen: listener => void port.on("message", listener),
  },
  file =>
    "path" in file
      ? FileSource.open(file.path)
      : Promise.resolve(new MemorySource(file.name, file.bytes)),
  threadLanes(),
);

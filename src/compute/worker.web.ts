import { FormatError } from "../formats/errors";
import { MemorySource } from "../formats/memorySource";
import { serve } from "./server";

/** What this file uses of a browser's worker scope. */
declare const self: {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: unknown): void;
};

serve(
  {
    post: message => self.postMessage(message),
    listen: listener => {
      self.onmessage = event => listener(event.data);
    },
  },
  file =>
    "bytes" in file
      ? Promise.resolve(new MemorySource(file.name, file.bytes))
      : Promise.reject(new FormatError("FILE_UNREADABLE", `"${file.name}" is not within reach.`)),
  null, // a web host has no shared memory to speak of
);

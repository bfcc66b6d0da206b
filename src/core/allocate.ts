/** Where arrays of results get their memory: shared between threads, for one. Zeros. */
export type Allocate = (bytes: number) => ArrayBufferLike;

/** Memory of this thread alone. */
export const ownMemory: Allocate = bytes => new ArrayBuffer(bytes);

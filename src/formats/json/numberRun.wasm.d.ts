/** The inner loop's WebAssembly, which the build compiles from `assembly/`. */
declare const bytes: Uint8Array;
export default bytes;

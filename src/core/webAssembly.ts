/** What is used of the global `WebAssembly`, which both Node and browsers have. */
interface WebAssemblyLike {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
}

/**
 * Compiles and starts a module, which has a memory of its own.
 * @throws where there is no WebAssembly, or it knows no SIMD
 */
export function instantiate<Exports>(bytes: Uint8Array): Exports {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLike };
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
}

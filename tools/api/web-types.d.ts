/**
 * Names of the browser that declarations of `@shikijs/types`, which TypeDoc's refer to, mention, and Node's own do not
 * have. They can go when those declarations compile without the browser's library.
 */
declare namespace WebAssembly {
  type ImportValue = unknown;
  interface Instance {
    readonly exports: unknown;
  }
  type WebAssemblyInstantiatedSource = object;
}

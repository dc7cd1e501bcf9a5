import type { Plugin } from "esbuild";

/** What our code takes from undici, by the files that define it. */
const source = `
export { default as Pool } from "undici/lib/dispatcher/pool.js";
`;

/**
 * Bundles of undici the parts in use alone. The package's entry loads all of it (fetch, caches, web sockets), which
 * makes a third of the provider's file and doubles the time of its first request.
 *
 * Importing anything else from undici fails the build until it is named above.
 */
export function slimUndici(root: string): Plugin {
  return {
    name: "slim-undici",
    setup(bundling) {
      bundling.onResolve({ filter: /^undici$/ }, ({ kind }) =>
        kind === "require-call" ? undefined : { path: "undici", namespace: "slim" },
      );
      bundling.onLoad({ filter: /^undici$/, namespace: "slim" }, () => ({ contents: source, resolveDir: root }));
    },
  };
}

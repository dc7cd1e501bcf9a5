/**
 * What a request line asks for: path and query, percent-encoded. A proxy's form, which names the host as well, is the
 * same request.
 */
export function localTarget(target: string): string {
  return target.replace(/^https?:\/\/[^/?]*/i, "");
}

/** Parts a target at its first question mark. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

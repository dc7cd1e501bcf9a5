/**
 * The code of a system error, such as `ENOENT` or `ECONNREFUSED`.
 *
 * @returns `undefined` for anything without one. What the error is an instance of does not count: errors of Node.js may
 * come from another realm than the code that meets them.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

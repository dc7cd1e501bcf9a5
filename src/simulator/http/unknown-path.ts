import { nearestName } from "../../vocabulary/nearest-name.ts";
import type { Route } from "./api-request.ts";
import { latestCoreVersion } from "../rules/core-version.ts";
import { Router } from "./router.ts";
import { routesOf } from "./routes.ts";
import { type CoreVersion, renderCoreVersion } from "../../vocabulary/core-version.ts";

/** Small mistakes in a path (slashes, letter case, or its beginning), each with a function that corrects it. */
const slips: readonly { readonly mistake: string; readonly corrected: (path: string) => string }[] = [
  { mistake: "The slash at its end is missing", corrected: (path) => `${path}/` },
  { mistake: "It has a slash too many at its end", corrected: (path) => path.replace(/\/+$/, "") },
  { mistake: "It has slashes too many", corrected: (path) => path.replaceAll(/\/+/g, "/") },
  { mistake: "Paths are written in lower case", corrected: (path) => path.toLowerCase() },
  { mistake: "Its version is missing", corrected: (path) => `/v1${path}` },
];

/**
 * Explains a request to a path that is not served: what was asked, and what is served instead.
 *
 * A path that came with a later version is named as such; then a slash too few or too many is named as such, since it makes another path; else the nearest path of the same depth;
 * else the areas that are served.
 *
 * @param path - without its query, percent-encoded
 * @returns one line for people, without a line break at its end
 */
export function explainUnknownPath(method: string, path: string, coreVersion: CoreVersion): string {
  const asked = path.slice(0, 200);
  const shown = asked === path ? path : `${asked}…`;
  const later = new Router(routesOf(latestCoreVersion)).patternOf(path);
  const served = routesOf(coreVersion);
  // Where a bearer token was left out of it, what is left may be the path of something else.
  if (later !== undefined && new Router(served).patternOf(path) === undefined) {
    return `${method} ${shown} is not served: Qumulo Core ${renderCoreVersion(coreVersion)} does not have it yet.`;
  }
  const explanation = findSlip(asked, served) ?? findNearest(asked, served) ?? listAreas(served);
  return `${method} ${shown} is not served by the simulator. ${explanation}`;
}

function findSlip(path: string, served: readonly Route[]): string | undefined {
  const router = new Router(served);
  for (const { mistake, corrected } of slips) {
    const pattern = router.patternOf(corrected(path));
    if (pattern !== undefined) return `${mistake}: ${withMethods(pattern, served)} is.`;
  }
  return undefined;
}

/**
 * Finds the served path that is nearest. Its varying segments are filled with the values of this path, and its fixed segments
 * have to be similar too.
 */
function findNearest(path: string, served: readonly Route[]): string | undefined {
  const segments = path.split("/");
  const near = served.map((route) => route.path).filter((pattern) => hasNearFixedParts(pattern.split("/"), segments));
  const candidates = new Map(near.map((pattern) => [fillIn(pattern.split("/"), segments), pattern]));
  const nearest = nearestName(path, candidates.keys());
  const pattern = nearest === undefined ? undefined : candidates.get(nearest);
  return pattern === undefined ? undefined : `Did you mean ${withMethods(pattern, served)}?`;
}

function hasNearFixedParts(pattern: readonly string[], segments: readonly string[]): boolean {
  const isFixed = (_segment: string, index: number): boolean => pattern[index]?.startsWith("{") !== true;
  return (
    pattern.length === segments.length &&
    nearestName(segments.filter(isFixed).join("/"), [pattern.filter(isFixed).join("/")]) !== undefined
  );
}

function fillIn(pattern: readonly string[], values: readonly string[]): string {
  return pattern
    .map((part, index) => (part.startsWith("{") && values[index] !== "" ? (values[index] ?? part) : part))
    .join("/");
}

function withMethods(pattern: string, served: readonly Route[]): string {
  const methods = served.filter((route) => route.path === pattern).map((route) => route.method);
  return `${pattern} (${methods.join(", ")})`;
}

function listAreas(served: readonly Route[]): string {
  const areas = new Set(served.map(({ path }) => /^\/v\d+\/[^/]+/.exec(path)?.[0] ?? path));
  return `Served are ${[...areas].sort().join(", ")}; GET /openapi.json tells all of it.`;
}

import { ApiError } from "../rules/api-error.ts";
import type { Route } from "./api-request.ts";

/** A route, and what stood at the varying places of its path. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

/** The routes of one path, by their methods. */
interface PathRoutes {
  readonly pattern: string;
  readonly segments: readonly string[];
  readonly routes: Map<string, Route>;
}

/** Finds the route of a request. */
export class Router {
  readonly #fixed = new Map<string, PathRoutes>();
  /** Paths with varying segments, by the number of their segments. */
  readonly #varying = new Map<number, PathRoutes[]>();

  constructor(routes: readonly Route[]) {
    const paths = new Map<string, PathRoutes>();
    for (const route of routes) {
      const entry = paths.get(route.path) ?? this.#add(route.path);
      entry.routes.set(route.method, route);
      paths.set(route.path, entry);
    }
  }

  #add(pattern: string): PathRoutes {
    const entry = { pattern, segments: pattern.split("/"), routes: new Map<string, Route>() };
    if (!entry.segments.some(isParam)) this.#fixed.set(pattern, entry);
    else this.#varying.set(entry.segments.length, [...(this.#varying.get(entry.segments.length) ?? []), entry]);
    return entry;
  }

  /**
   * The route for a method and a path.
   *
   * @param path - without query, still percent-encoded; a slash too few or too many makes it another path
   * @returns `undefined` when the cluster has no such path
   * @throws {ApiError} 405 for another method of a known path; 400 for bad percent-encoding
   * @see cosi-driver-qumulo on 7.9.2.2 for slashes and methods
   */
  find(method: string, path: string): RouteMatch | undefined {
    const segments = path.split("/");
    const entry = this.#locate(path, segments);
    if (entry === undefined) return undefined;
    const route = entry.routes.get(method);
    if (route === undefined) {
      throw new ApiError("methodNotAllowed", `${path.slice(0, 200)} takes ${[...entry.routes.keys()].join(", ")}`);
    }
    return { route, params: decodeParams(entry.segments, segments) };
  }

  /**
   * The path of the routes that serve a path, with `{name}` for what varies, whatever the method.
   *
   * @returns `undefined` when the cluster has no such path
   */
  patternOf(path: string): string | undefined {
    return this.#locate(path, path.split("/"))?.pattern;
  }

  #locate(path: string, encoded: readonly string[]): PathRoutes | undefined {
    const fixed = this.#fixed.get(path);
    if (fixed !== undefined) return fixed;
    // A letter may be percent-encoded and is the same letter; an encoded slash parts no segments.
    const segments = path.includes("%") ? encoded.map(decodeLoosely) : encoded;
    const literal = path.includes("%") && !segments.some((segment) => segment.includes("/"));
    const decoded = literal ? this.#fixed.get(segments.join("/")) : undefined;
    return decoded ?? this.#varying.get(segments.length)?.find((candidate) => matches(candidate.segments, segments));
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => (isParam(part) ? segments[index] !== "" : part === segments[index]));
}

function isParam(part: string): boolean {
  return part.startsWith("{");
}

function decodeParams(pattern: readonly string[], segments: readonly string[]): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (const [index, part] of pattern.entries()) {
    if (isParam(part)) params.set(part.slice(1, -1), decodeSegment(segments[index] ?? ""));
  }
  return params;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError("undecodable", "The path holds a percent sign that encodes no UTF-8");
  }
}

function decodeLoosely(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

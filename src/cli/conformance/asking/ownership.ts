import type { Secret } from "../../../vocabulary/secret.ts";
import type { Sent } from "./line.ts";
import { fieldOf } from "./observe.ts";

/** What belongs to a run. */
export interface Ownership {
  /** Names and ids of what it has made, in lower case. */
  readonly own: ReadonlySet<string>;
  /** How its names begin. */
  readonly prefix: string;
  /** The bearer token of whoever runs the command. */
  readonly bearerToken: Secret;
}

/** Calls that only look something up, although they are not GETs. */
const lookUps: ReadonlySet<string> = new Set([
  "/v1/identity/find",
  "/v1/identity/expand",
  "/v1/auth/identity/find",
  "/v1/auth/identity/expand",
]);

/** Where something new is made; its name, or its user, has to be the run's own. */
const collections: ReadonlySet<string> = new Set([
  "/v1/users",
  "/v1/users/",
  "/v1/groups/",
  "/v1/auth/roles/",
  "/v1/auth/access-tokens/",
]);

/** What a user of the run does with their own session. */
const sessions: ReadonlySet<string> = new Set(["/v1/session/login", "/v1/session/change-password"]);

/** Whether a request changes nothing. */
export function mayRead({ method, path }: Sent): boolean {
  return method === "GET" || (method === "POST" && lookUps.has(path));
}

/** What a path is about: a user, a group, a role, an access token, or the attributes of an identity. */
const objectPath = /^\/v1\/(?:users|groups|auth\/(?:roles|access-tokens|identities))\/([^/?]+)/;

/** Whether a request makes something new, or is about something that the run has made. */
export function mayWrite(sent: Sent, ownership: Ownership): boolean {
  const { method, path, body } = sent;
  if (method === "POST" && (sessions.has(path) || collections.has(path))) return isAboutOwn(sent, ownership);
  const object = objectPath.exec(path)?.[1];
  // A cluster might heed the id in a body in place of the one in the path.
  const id = fieldOf(body, "id");
  return (
    object !== undefined &&
    isOwn(decodeURIComponent(object), ownership) &&
    (id === undefined || isOwn(asText(id), ownership))
  );
}

/** Whether nothing in a body names something else than the run's own. A body without names makes nothing. */
function isAboutOwn({ body, text, path, bearerToken }: Sent, ownership: Ownership): boolean {
  // It is about whoever is signed in.
  if (path === "/v1/session/change-password") return bearerToken?.equals(ownership.bearerToken) !== true;
  if (text !== undefined) return text.toLowerCase().includes(ownership.prefix);
  const user = fieldOf(body, "user");
  const named = [fieldOf(body, "name"), fieldOf(body, "username"), ...identifiersOf(user)];
  return named.every((name) => name === undefined || name === "" || isOwn(asText(name), ownership));
}

function identifiersOf(identity: unknown): readonly unknown[] {
  return ["auth_id", "name", "sid", "uid", "gid"].map((field) => fieldOf(identity, field) ?? undefined);
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isOwn(text: string, { own, prefix }: Ownership): boolean {
  const value = text.trim().toLowerCase();
  if (value.startsWith("s-1-5-21-")) return own.has(value.slice(value.lastIndexOf("-") + 1));
  return value.startsWith(prefix) || own.has(value);
}

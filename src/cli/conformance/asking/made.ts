import type { Answer, Sent } from "./line.ts";
import { fieldOf } from "./observe.ts";

/** Something that a run has made on the cluster, and has to remove. */
export interface MadeObject {
  readonly kind: "user" | "group" | "role" | "role member" | "access token" | "identity attributes";
  /** Its id, or the name of a role. */
  readonly id: string;
  /** The path at which it is deleted. */
  readonly path: string;
}

const rolesPath = "/v1/auth/roles/";

/** What a request has made; `undefined` when it has made nothing that has to be removed. */
export function madeBy(sent: Sent, { status, body }: Answer): MadeObject | undefined {
  if (status !== 200) return undefined;
  const path = sent.path.split("?")[0] ?? "";
  if (sent.method === "PUT" && path.endsWith("/attributes")) {
    return { kind: "identity attributes", id: path.split("/").at(-2) ?? "", path };
  }
  if (sent.method !== "POST") return undefined;
  const collection = path.endsWith("/") ? path : `${path}/`;
  return collection.startsWith(rolesPath)
    ? madeInRoles(collection, sent, body)
    : madeInCollection(collection, sent, body);
}

const collections: Readonly<Record<string, MadeObject["kind"]>> = {
  "/v1/users/": "user",
  "/v1/groups/": "group",
  "/v1/auth/access-tokens/": "access token",
};

function madeInCollection(collection: string, sent: Sent, body: unknown): MadeObject | undefined {
  const kind = collections[collection];
  const id = fieldOf(body, "id");
  if (kind === undefined || typeof id !== "string") return undefined;
  // An answer about something else than what was asked for says nothing of what may be deleted.
  if (kind !== "access token" && lower(fieldOf(body, "name")) !== lower(fieldOf(sent.body, "name"))) return undefined;
  return { kind, id, path: `${collection}${encodeURIComponent(id)}` };
}

function lower(name: unknown): unknown {
  return typeof name === "string" ? name.toLowerCase() : name;
}

function madeInRoles(collection: string, sent: Sent, body: unknown): MadeObject | undefined {
  if (collection === rolesPath) {
    const name = fieldOf(sent.body ?? parsedText(sent), "name");
    return typeof name === "string" ? { kind: "role", id: name, path: rolePath(name) } : undefined;
  }
  const authId = fieldOf(body, "auth_id");
  if (!collection.endsWith("/members/") || typeof authId !== "string") return undefined;
  const path = `${collection}${authId}`;
  return { kind: "role member", id: authId, path };
}

/** What a body that was sent as it is says; a byte-order mark before it does not matter here. */
function parsedText({ text = "" }: Sent): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // A cluster that takes it nevertheless has made something whose name begins like all others: see cleaning.ts.
    return undefined;
  }
}

/** The path of a role. */
export function rolePath(name: string): string {
  return `${rolesPath}${encodeURIComponent(name)}`;
}

/** The command that removes something by hand; `qq` with what it needs to reach the cluster begins it. */
export function removalCommand({ kind, id, path }: MadeObject, qq: string): string {
  switch (kind) {
    case "user":
      return `${qq} auth_delete_user --id ${id}`;
    case "group":
      return `${qq} auth_delete_group --id ${id}`;
    case "role":
      return `${qq} auth_delete_role -r ${id}`;
    case "access token":
      return `${qq} auth_delete_access_token ${id}`;
    case "role member":
    case "identity attributes":
      return `${qq} raw DELETE ${path}`;
  }
}

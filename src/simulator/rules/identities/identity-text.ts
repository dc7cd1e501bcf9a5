import { ApiError } from "../api-error.ts";
import { parseAuthId } from "./auth-ids.ts";
import type { IdentityQuery } from "./identities.ts";

// Anything else that begins like a SID is a name, such as `s-1-team`.
const sidPattern = /^s-\d+-(?:\d+|0x[0-9a-f]+)(?:-\d+)+$/i;
const authIdPattern = /^(?:\d+|0x[0-9a-f]+|0o[0-7]+|0b[01]+)$/i;

const forms: Readonly<Record<string, (rest: string) => IdentityQuery>> = {
  local: (name) => ({ domain: "LOCAL", name }),
  ad: (name) => ({ domain: "ACTIVE_DIRECTORY", name }),
  ldap_user: (name) => ({ domain: "POSIX_USER", name }),
  ldap_group: (name) => ({ domain: "POSIX_GROUP", name }),
  world: (name) => ({ domain: "WORLD", name }),
  name: (name) => ({ name }),
  sid: (sid) => ({ sid }),
  uid: (uid) => ({ uid: parseNumber(uid, "uid") }),
  gid: (gid) => ({ gid: parseNumber(gid, "gid") }),
  auth_id: (text) => ({ authId: parseAuthIdText(text) }),
};

/**
 * Reads the text form of an identity, such as `auth_id:1004`, `local:svc` or a bare name.
 *
 * @throws {ApiError} 400 when the text is empty, has another prefix, or holds no number where one is needed
 * @see Qumulo SDK 7.10.2.1, Identity; that the cluster reads the same forms is assumed
 */
export function parseIdentityQuery(text: string): IdentityQuery {
  const trimmed = text.trim();
  if (trimmed === "") throw new ApiError("undecodable", "user: an identity is needed, and the text is empty");
  if (sidPattern.test(trimmed)) return { sid: trimmed };
  const colon = trimmed.indexOf(":");
  // A distinguished name of a directory may hold colons; an equals sign before the first one tells.
  if (colon < 0 || trimmed.slice(0, colon).includes("=")) return { name: trimmed };
  const prefix = trimmed.slice(0, colon).trim().toLowerCase();
  const rest = trimmed.slice(colon + 1).trim();
  const form = Object.hasOwn(forms, prefix) ? forms[prefix] : undefined;
  if (form === undefined || rest === "") throw notAnIdentity(trimmed);
  return form(rest);
}

function parseNumber(text: string, field: string): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 0xffff_ffff) return value;
  throw notAnIdentity(`${field}:${text}`);
}

function parseAuthIdText(text: string): string {
  const id = authIdPattern.test(text) && text.length <= 70 ? parseAuthId(BigInt(text).toString()) : undefined;
  if (id === undefined) throw notAnIdentity(`auth_id:${text}`);
  return id.toString();
}

function notAnIdentity(text: string): ApiError {
  return new ApiError("undecodable", `user: ${JSON.stringify(text.slice(0, 80))} is not an identity`);
}

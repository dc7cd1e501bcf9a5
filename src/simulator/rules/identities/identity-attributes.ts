import { findUser, parseHomeDirectory } from "../accounts/accounts.ts";
import { ApiError } from "../api-error.ts";
import { parseAuthId } from "./auth-ids.ts";
import { type Context, nextRevision } from "../context.ts";
import { describeIdentity, typeOfIdentity } from "./identities.ts";

/** What is kept of any user. */
export interface IdentityAttributes {
  /** An absolute path. */
  readonly homeDirectory: string | null;
}

/**
 * The attributes of a user, `null` where none is set. Those of a local user are its own fields.
 *
 * @param id - as it stands in the path
 * @throws {ApiError} 404 for an id that is not a user's
 * @see Qumulo SDK 7.10.2.1, get_identity_attributes; answers are assumed
 */
export function getIdentityAttributes(context: Context, id: string): IdentityAttributes {
  return { homeDirectory: findHomeDirectory(context, requireUserId(context, id)) };
}

/** The home directory of a user of any domain; `null` for none. */
export function findHomeDirectory(context: Context, authId: string): string | null {
  const user = findUser(context, authId);
  if (user !== undefined) return user.homeDirectory;
  return context.store.find("identityAttributes", authId)?.homeDirectory ?? null;
}

/**
 * Replaces the attributes of a user.
 *
 * @param homeDirectory - none when it is absent, `null` or empty
 * @throws {ApiError} 404 for an id that is not a user's; 400 for a path that is not absolute
 * @see Qumulo SDK 7.10.2.1, set_identity_attributes; answers are assumed
 */
export function replaceIdentityAttributes(
  context: Context,
  id: string,
  homeDirectory: string | null | undefined,
): IdentityAttributes {
  const authId = requireUserId(context, id);
  const path = parseHomeDirectory(homeDirectory);
  const user = findUser(context, authId);
  if (user !== undefined) {
    if (user.homeDirectory !== path) {
      context.store.put("localUsers", user.id, { ...user, homeDirectory: path, revision: nextRevision(context) });
    }
  } else if (path === null) context.store.remove("identityAttributes", authId);
  else context.store.put("identityAttributes", authId, { homeDirectory: path });
  return { homeDirectory: path };
}

function requireUserId(context: Context, text: string): string {
  const authId = parseAuthId(text)?.toString();
  if (authId !== undefined && typeOfIdentity(context, describeIdentity(context, authId)) === "USER") return authId;
  throw new ApiError("noSuchUser", `There is no user with the auth_id ${text.slice(0, 80)}`);
}

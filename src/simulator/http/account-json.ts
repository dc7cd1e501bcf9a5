import type { LocalGroup, LocalUser } from "../rules/accounts/accounts.ts";
import type { Context } from "../rules/context.ts";
import { describeIdentity, type Identity } from "../rules/identities/identities.ts";

/**
 * A local user as the cluster answers it.
 *
 * @see OpenAPI 7.8.2, GET /v1/users/{id}
 */
export function userJson(context: Context, user: LocalUser): object {
  const { primaryGroup, homeDirectory } = user;
  const identity = describeIdentity(context, user.id);
  return accountJson({ identity, primaryGroup, homeDirectory, canChangePassword: true });
}

/** A user of any domain. */
interface Account {
  readonly identity: Identity;
  readonly primaryGroup: string;
  readonly homeDirectory: string | null;
  readonly canChangePassword: boolean;
}

/**
 * Any user in the shape of a local one.
 *
 * @see OpenAPI 7.8.2, GET /v1/session/who-am-i
 */
export function accountJson({ identity, primaryGroup, homeDirectory, canChangePassword }: Account): object {
  return {
    id: identity.authId,
    name: identity.name ?? "",
    primary_group: primaryGroup,
    sid: identity.sid ?? "",
    uid: identity.uid?.toString() ?? "",
    home_directory: homeDirectory,
    can_change_password: canChangePassword,
  };
}

/**
 * A local group as the cluster answers it.
 *
 * @see OpenAPI 7.8.2, GET /v1/groups/{id}
 */
export function groupJson(context: Context, { id, name, gid }: LocalGroup): object {
  return { id, name, sid: describeIdentity(context, id).sid, gid };
}

import type { LocalGroup, LocalUser } from "../rules/accounts.ts";
import type { Context } from "../rules/context.ts";
import { describeIdentity, type Identity } from "../rules/identities.ts";

/**
 * A local user as the cluster answers it.
 *
 * @see OpenAPI 7.8.2, GET /v1/users/{id}
 */
export function userJson(context: Context, user: LocalUser): object {
  return accountJson(describeIdentity(context, user.id), user);
}

/**
 * Any user in the shape of a local one.
 *
 * @param user - `undefined` for a user of another domain, of whom the cluster knows no more than the identity
 * @see OpenAPI 7.8.2, GET /v1/session/who-am-i; users of other domains are assumed
 */
export function accountJson(identity: Identity, user: LocalUser | undefined): object {
  return {
    id: identity.authId,
    name: identity.name ?? "",
    primary_group: user?.primaryGroup ?? "",
    sid: identity.sid ?? "",
    uid: identity.uid?.toString() ?? "",
    home_directory: user?.homeDirectory ?? null,
    can_change_password: user !== undefined,
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

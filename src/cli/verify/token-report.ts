import type { AccessToken } from "../../client/access-tokens.ts";
import { unlessAnswered } from "../../client/cluster-error.ts";
import type { CurrentUser } from "../../client/who-am-i.ts";
import { attempting } from "../../connection/attempt.ts";
import { accessTokenPrivileges } from "../../provider/access-token/needed-privileges.ts";
import { findToken } from "../../provider/access-token/token/read.ts";
import { firstCoreWith } from "../../vocabulary/core-features.ts";
import type { ClusterConnection } from "../connect.ts";

/** The statuses that mean that the cluster withholds something, or does not know the endpoint. */
const withheld = [403, 404];

/** What the holder of a bearer token can learn about it from the cluster. */
export interface TokenReport {
  readonly user: CurrentUser;
  /** Sorted by name; `undefined` when the cluster does not say. */
  readonly roles: readonly string[] | undefined;
  /** The access token whose bearer token it is; `undefined` when that could not be read. */
  readonly accessToken: AccessToken | undefined;
  /** The time on the cluster. */
  readonly now: Date;
  /** What could not be read, each with the reason, as whole sentences. */
  readonly unread: readonly string[];
}

/**
 * Asks the cluster which user the connection's bearer token belongs to, and what it knows about the token.
 *
 * @throws {ConnectError} for every failure except that the cluster withholds something
 */
export async function readTokenReport(connection: ClusterConnection): Promise<TokenReport> {
  const attempt = { summary: "Whose bearer token it is could not be read", privilege: "a valid login" };
  return attempting(attempt, async () => {
    const { sessions } = connection.cluster;
    const user = await sessions.whoAmI();
    const roles = await unlessAnswered(withheld, async () => sessions.listRoles());
    const found = await findOwnToken(connection, user);
    const unread = [
      roles === undefined ? "Roles: this version of Qumulo Core does not tell callers which they have." : undefined,
      user.privileges === undefined
        ? "Privileges: this version of Qumulo Core does not tell callers which they have."
        : undefined,
      typeof found === "string" ? found : undefined,
    ].filter((sentence) => sentence !== undefined);
    const accessToken = typeof found === "string" ? undefined : found;
    return { user, roles, accessToken, now: connection.clock.now(), unread };
  });
}

/** @returns the access token, or a sentence that says why it cannot be told */
async function findOwnToken(connection: ClusterConnection, user: CurrentUser): Promise<AccessToken | string> {
  const { accessTokenId: id, id: authId, privileges } = user;
  if (id === undefined) {
    return privileges === undefined
      ? "When it ends: this version of Qumulo Core does not tell callers which access token they use."
      : "When it ends: it is the bearer token of a login session, not of an access token; the cluster ends sessions some hours after the login.";
  }
  const token = await unlessAnswered(withheld, async () => findToken(connection, { id, authId }));
  return (
    token ??
    `When it ends: the cluster does not show access token ${id} to its holder. That takes ${accessTokenPrivileges.read}, or Qumulo Core ${firstCoreWith("ownAccessTokens")} or later.`
  );
}

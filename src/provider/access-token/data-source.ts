import type { AccessToken } from "../../client/access-tokens.ts";
import type { Cluster } from "../../client/cluster.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { DataSource } from "../../framework/resource.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { instantOf, parseInstant } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import { getIdentity } from "../identity/find.ts";
import { referenceIn } from "../identity/identity-text.ts";
import { toIdentityModel } from "../identity/model.ts";
import { requireCore } from "../operation/core-requirement.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import {
  accessTokenLookupSchema,
  type AccessTokenLookupSchema,
  accessTokensSchema,
  type AccessTokensSchema,
} from "./data-source-schema.ts";
import { accessTokenPrivileges } from "./needed-privileges.ts";

/** Reads what the cluster tells of one access token. */
export const accessTokenDataSource: DataSource<AccessTokenLookupSchema, Connection> = {
  name: "access_token",
  schema: accessTokenLookupSchema,

  async read({ config, client, signal }) {
    requireCore(client, "singleAccessTokens", "to read a single access token");
    const { accessTokens } = client.reads.until(signal);
    const id = knownOrUndefined(config.id) ?? "";
    const attempt = { summary: `Access token ${id} could not be read`, privilege: accessTokenPrivileges.read };
    const token = await withDiagnostics(attempt, async () => accessTokens.find(id));
    if (token === undefined) throw noSuchToken(id);
    return toTokenModel(token, client.clock);
  },
};

/** Reads what the cluster tells of the access tokens of one user, or of all users. */
export const accessTokensDataSource: DataSource<AccessTokensSchema, Connection> = {
  name: "access_tokens",
  schema: accessTokensSchema,

  async read({ config, client, signal }) {
    const cluster = client.reads.until(signal);
    const user = knownOrUndefined(config.user);
    const attempt = {
      summary: `The access tokens of ${user ?? "all users"} could not be read`,
      privilege: accessTokenPrivileges.read,
    };
    const tokens = await withDiagnostics(attempt, async () =>
      user === undefined ? cluster.accessTokens.list() : cluster.accessTokens.listOf(await findAuthId(cluster, user)),
    );
    return { user: user ?? null, access_tokens: tokens.map((token) => toTokenModel(token, client.clock)) };
  },
};

/** An auth_id is taken as it is: for one's own tokens, nothing else may be allowed. */
export async function findAuthId(cluster: Cluster, text: string): Promise<string> {
  const { authId } = referenceIn(text, "user");
  return authId ?? (await getIdentity(cluster, { text, attribute: "user" })).identity.authId;
}

function toTokenModel(token: AccessToken, clock: Clock) {
  const end = token.expirationTime === undefined ? undefined : parseInstant(token.expirationTime);
  return {
    id: token.id,
    enabled: token.enabled,
    expiration_time: token.expirationTime ?? null,
    expired: end !== undefined && end <= instantOf(clock.now()),
    creation_time: token.creationTime,
    identity: toIdentityModel(token.user),
    creator: token.creator === undefined ? null : toIdentityModel(token.creator),
  };
}

function noSuchToken(id: string): DiagnosticError {
  return new DiagnosticError({
    summary: "No such access token",
    detail: `The cluster has no access token with the id ${id}. It may have been deleted, or replaced by a rotation; the data source qumulo_access_tokens lists those of a user.`,
    attribute: ["id"],
  });
}

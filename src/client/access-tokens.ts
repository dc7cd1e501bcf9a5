import * as v from "valibot";

import type { IdentityReference } from "../vocabulary/identity-text.ts";
import { Secret } from "../vocabulary/secret.ts";
import { compareIds, idText, instantText, maybe, maybeInstant, nothing } from "./answer.ts";
import { encodeIdentity, type Identity, identityAnswer } from "./identities.ts";
import { largestPage, pagingAnswer, readPages } from "./paging.ts";
import type { RestClient } from "./rest-client.ts";
import { pathSegment } from "./path-segment.ts";

/** An access token without its secret. */
export interface AccessToken {
  /** Decimal digits, far longer than a JavaScript number. */
  readonly id: string;
  /** The user whom it authenticates. */
  readonly user: Identity;
  /** Who created it; `undefined` when the cluster does not say. */
  readonly creator: Identity | undefined;
  /** RFC 3339 in UTC with up to nine fractional digits. */
  readonly creationTime: string;
  /** `undefined` when it never expires. */
  readonly expirationTime: string | undefined;
  /** Whether the cluster accepts it. */
  readonly enabled: boolean;
}

/** What the cluster answers to a creation, once. */
export interface CreatedAccessToken {
  /** Decimal digits, far longer than a JavaScript number. */
  readonly id: string;
  /** The secret to send with requests. */
  readonly bearerToken: Secret;
}

/** What to create an access token with. */
export interface AccessTokenRequest {
  /** Whom it will authenticate: a user, not a group. */
  readonly user: IdentityReference;
  /** RFC 3339 with an offset; without it the token never expires. */
  readonly expirationTime?: string | undefined;
}

/** What can be changed about an access token. */
export interface AccessTokenChange {
  /** RFC 3339 with an offset. It cannot be removed again. */
  readonly expirationTime?: string | undefined;
  /** Whether the cluster accepts it from now on. */
  readonly enabled?: boolean | undefined;
}

/** The access tokens of a cluster. */
export interface AccessTokens {
  /**
   * Creates an access token for one identity.
   *
   * The cluster shows the bearer token in this answer and never again; an identity holds two access tokens at most.
   *
   * @throws {ClusterError} with status 400 when the identity is unknown, is a group, or has two access tokens already
   * (`errorClass` is then `too_many_access_tokens_error`); `outcome-unknown` when the answer was lost
   */
  create(request: AccessTokenRequest): Promise<CreatedAccessToken>;
  /** Needs Qumulo Core 5.3.2; before, look through a list. */
  find(id: string): Promise<AccessToken | undefined>;
  /** All access tokens of one user, in ascending order of their ids. */
  listOf(authId: string): Promise<readonly AccessToken[]>;
  /** The access tokens of all users, in ascending order of their ids. */
  list(): Promise<readonly AccessToken[]>;
  /** Changes what is given and leaves the rest. The bearer token stays. */
  update(id: string, change: AccessTokenChange): Promise<AccessToken>;
  /** @returns false when there was no such token */
  delete(id: string): Promise<boolean>;
}

const accessTokenAnswer = v.pipe(
  v.object({
    id: idText,
    user: identityAnswer,
    creator: maybe(identityAnswer),
    creation_time: instantText,
    expiration_time: maybeInstant,
    enabled: maybe(v.boolean()),
  }),
  v.transform((wire): AccessToken => ({
    id: wire.id,
    user: wire.user,
    creator: wire.creator,
    creationTime: wire.creation_time,
    expirationTime: wire.expiration_time,
    // Clusters before 5.3.3 cannot disable a token.
    enabled: wire.enabled ?? true,
  })),
);

const createdAnswer = v.pipe(
  v.object({ id: idText, bearer_token: v.pipe(v.string(), v.nonEmpty()) }),
  v.transform((wire): CreatedAccessToken => ({ id: wire.id, bearerToken: new Secret(wire.bearer_token) })),
);

const pageAnswer = v.object({ entries: v.array(accessTokenAnswer), paging: pagingAnswer });

/** Where access tokens are. */
export const accessTokensPath = "/v1/auth/access-tokens/";

/** The access tokens of the cluster behind this client. */
export function accessTokensOf(rest: RestClient): AccessTokens {
  return {
    async create({ user, expirationTime }) {
      const body = { user: encodeIdentity(user), expiration_time: expirationTime };
      const { value } = await rest.call({ method: "POST", path: accessTokensPath, body, answer: createdAnswer });
      rest.secrets.add(value.bearerToken);
      return value;
    },
    async find(id) {
      return (await rest.find({ method: "GET", path: pathOf(id), answer: accessTokenAnswer }))?.value;
    },
    async listOf(authId) {
      // Never together with `limit` or `after`, which the cluster refuses: two tokens are always one page.
      return sorted(await readPages(rest, `${accessTokensPath}?user=auth_id:${pathSegment(authId)}`, pageAnswer));
    },
    async list() {
      return sorted(await readPages(rest, `${accessTokensPath}?${largestPage}`, pageAnswer));
    },
    async update(id, { expirationTime, enabled }) {
      const body = { expiration_time: expirationTime, enabled };
      return (await rest.call({ method: "PATCH", path: pathOf(id), body, answer: accessTokenAnswer })).value;
    },
    async delete(id) {
      return (await rest.find({ method: "DELETE", path: pathOf(id), answer: nothing })) !== undefined;
    },
  };
}

function sorted(tokens: readonly AccessToken[]): readonly AccessToken[] {
  return tokens.toSorted((left, right) => compareIds(left.id, right.id));
}

function pathOf(id: string): string {
  return `${accessTokensPath}${pathSegment(id)}`;
}

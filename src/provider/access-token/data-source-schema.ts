import { bool, computed, listOf, object, optional, required, type Schema, string } from "../../framework/schema.ts";
import { firstCoreWith } from "../../vocabulary/core-features.ts";
import { identityAttributes } from "../identity/schema.ts";
import { tokenIdValidator, userValidator } from "./validate.ts";

const identity = object(identityAttributes);

const details = {
  enabled: computed(bool, { description: "Whether the cluster accepts the token." }),
  expiration_time: computed(string, {
    description: "When the cluster stops accepting the token, as an RFC 3339 time; null when it never expires.",
  }),
  expired: computed(bool, {
    description: "Whether the expiration time had passed when this was read, by the clock of the machine that ran it.",
  }),
  creation_time: computed(string, { description: "When the token was created, as an RFC 3339 time." }),
  identity: computed(identity, { description: "The user whom the token authenticates." }),
  creator: computed(identity, { description: "Who created the token; null where the cluster does not say." }),
} as const;

const otherUsersNeed = `Needs \`PRIVILEGE_ACCESS_TOKENS_READ\`, except for tokens of the provider's own user from Qumulo Core ${firstCoreWith("ownAccessTokens")} on.`;

/** What the cluster tells of one access token. The secret is not part of that. */
export const accessTokenLookupSchema = {
  description: `Reads one access token, without its bearer token, which the cluster does not show again. ${otherUsersNeed}`,
  attributes: {
    id: required(string, {
      refersToOthers: true,
      validators: [tokenIdValidator],
      description: "The id of the access token, a long number. `qumulo_access_tokens` finds it.",
    }),
    ...details,
  },
} as const satisfies Schema;

/** What the cluster tells of all access tokens of one user, or of all users. */
export const accessTokensSchema = {
  description: `Reads the access tokens of one user, or of all users, without their bearer tokens, which the cluster does not show again. ${otherUsersNeed}`,
  attributes: {
    user: optional(string, {
      refersToOthers: true,
      validators: [userValidator],
      description:
        "The user whose tokens to read, as Qumulo's `qq` command line takes it: `local:svc`, `auth_id:1004`, a SID, … Without it, the tokens of all users.",
    }),
    access_tokens: computed(
      listOf(object({ id: computed(string, { description: "The id of the access token." }), ...details } as const)),
      { description: "The access tokens, in ascending order of their ids." },
    ),
  },
} as const satisfies Schema;

/** The shape of one access token's facts. */
export type AccessTokenLookupSchema = typeof accessTokenLookupSchema;
/** The shape of many access tokens' facts. */
export type AccessTokensSchema = typeof accessTokensSchema;

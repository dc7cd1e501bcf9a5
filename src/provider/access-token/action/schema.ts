import { bool, optional, required, type Schema, setOf, string } from "../../../framework/schema.ts";
import { firstCoreWith } from "../../../vocabulary/core-features.ts";
import { tokenIdsValidator, tokenIdValidatorOf, userValidator } from "../validate.ts";

const allow_lock_out = optional(bool, {
  description:
    "Whether the access token may go that the provider itself is signed in with. Without it, or with false, that is refused, since the provider could do nothing more.",
});

/** What to revoke. */
export const revokeAccessTokensSchema = {
  description:
    "Deletes access tokens at once: all of a user, or those that `ids` names. For a bearer token that has leaked: whoever has it can do nothing with it any more, and it cannot be brought back. Tells what still works afterwards. Needs `PRIVILEGE_ACCESS_TOKENS_READ` and `PRIVILEGE_ACCESS_TOKENS_WRITE`.",
  attributes: {
    user: optional(string, {
      validators: [userValidator],
      description:
        "Whose access tokens to delete, as Qumulo's `qq` command line takes it: `local:svc`, `auth_id:1004`, a SID, … Set this, `ids` or both.",
    }),
    ids: optional(setOf(string), {
      validators: [tokenIdsValidator],
      description:
        "The ids of the access tokens to delete; without it, all of the user. `cdktf-qumulo verify` tells the id of a bearer token. With `user`, tokens of anybody else are refused.",
    }),
    allow_lock_out,
  },
} as const satisfies Schema;

/** What to disable. */
export const disableAccessTokenSchema = {
  description: `Disables an access token at once: the cluster refuses its bearer token until somebody enables it. For a suspicion, while nobody knows yet. A \`qumulo_access_token\` with \`enabled = true\`, which is the default, enables its tokens again with the next apply: set \`enabled = false\` there instead, or before that. Needs \`PRIVILEGE_ACCESS_TOKENS_READ\`, \`PRIVILEGE_ACCESS_TOKENS_WRITE\`, and Qumulo Core ${firstCoreWith("tokenEnabling")} or later.`,
  attributes: {
    id: required(string, {
      validators: [tokenIdValidatorOf("id")],
      description: "The id of the access token, such as the `id` of a `qumulo_access_token`.",
    }),
    allow_lock_out,
  },
} as const satisfies Schema;

/** Which overlap to end. */
export const endOverlapSchema = {
  description:
    "Ends the overlap of a rotation now: deletes the access token before the one in use, instead of leaving it to its end. Refused unless the token in use works. Needs `PRIVILEGE_ACCESS_TOKENS_READ` and `PRIVILEGE_ACCESS_TOKENS_WRITE`.",
  attributes: {
    previous_id: optional(string, {
      validators: [tokenIdValidatorOf("previous_id")],
      description:
        "The id of the token before: `try(qumulo_access_token.….previous_token.id, null)`. Without it there is no overlap, and nothing is done.",
    }),
    successor_id: required(string, {
      validators: [tokenIdValidatorOf("successor_id")],
      description: "The id of the token in use, which has to work: `qumulo_access_token.….id`.",
    }),
    allow_lock_out,
  },
} as const satisfies Schema;

/** The shape of what to revoke. */
export type RevokeAccessTokensSchema = typeof revokeAccessTokensSchema;
/** The shape of what to disable. */
export type DisableAccessTokenSchema = typeof disableAccessTokenSchema;
/** The shape of which overlap to end. */
export type EndOverlapSchema = typeof endOverlapSchema;

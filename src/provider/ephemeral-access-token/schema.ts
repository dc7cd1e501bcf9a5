import { firstCoreWith } from "../../vocabulary/core-features.ts";
import { computed, optionalComputed, required, type Schema, string } from "../../framework/schema.ts";
import { allowAdministratorAttribute } from "../access-token/user/allow-administrator.ts";
import { userValidator } from "../access-token/validate.ts";
import { expiresInValidator } from "./life.ts";

/** An access token that is deleted as soon as the engine has done its work. */
export const ephemeralAccessTokenSchema = {
  description: `A short-lived access token: created when the engine needs it, extended while the engine runs, deleted when it is done (also when the run fails), and in no plan and no state. Should the engine be killed, the token ends by itself after \`expires_in\`. Engines open ephemeral resources while planning and again while applying: to have the token while applying only, let \`user\` depend on something that is decided then, such as the \`output\` of a \`terraform_data\` with \`triggers_replace = timestamp()\`. The token takes one of the two slots of its user for as long as it lives; \`qumulo_session\` takes none and is the better choice where a password is available. Needs Qumulo Core ${firstCoreWith("tokenExpiration")} or later.`,
  attributes: {
    user: required(string, {
      validators: [userValidator],
      description:
        "The user whom the token authenticates, as Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `auth_id:1004`, `uid:5001`, a SID, or a bare name. Groups are refused.",
    }),
    expires_in: optionalComputed(string, {
      validators: [expiresInValidator],
      description:
        'How long the token lives when nothing extends or deletes it, as a duration from `"1m"` to `"24h"`. The default is `"15m"`. Long runs need no more than that: the token is extended before it ends.',
    }),
    allow_administrator: allowAdministratorAttribute,
    id: computed(string, { description: "The id of the access token." }),
    bearer_token: computed(string, { sensitive: true, description: "The secret text that programs send." }),
    expiration_time: computed(string, {
      description: "When the token ends unless it is extended, as an RFC 3339 time.",
    }),
  },
} as const satisfies Schema;

/** The shape of a short-lived access token. */
export type EphemeralAccessTokenSchema = typeof ephemeralAccessTokenSchema;

import { computed, optional, optionalComputed, type Schema, string } from "../../framework/schema.ts";

/** A login that lasts no longer than it must. */
export const sessionSchema = {
  description:
    "A login to the cluster, for as long as the engine runs: in no plan and no state. It takes none of the two slots for access tokens, which makes it the better choice wherever a name and a password are available. Without `username` and `password` it logs in as the provider does. The API has no way to end a session: the cluster ends it by itself, some hours after the login.",
  attributes: {
    username: optionalComputed(string, {
      description: "The name of the user to log in as, together with `password`. Without it, the provider's own user.",
    }),
    password: optional(string, { sensitive: true, description: "The password of the user." }),
    bearer_token: computed(string, {
      sensitive: true,
      description: "The secret text that programs send; it stands for the session.",
    }),
  },
} as const satisfies Schema;

/** The shape of a login. */
export type SessionSchema = typeof sessionSchema;

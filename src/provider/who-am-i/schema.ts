import { bool, computed, type Schema, setOf, string } from "../../framework/schema.ts";

/** The identity behind the provider's own credentials. */
export const whoAmISchema = {
  description: "Reads which user the provider is signed in as, by its login or bearer token.",
  attributes: {
    id: computed(string, { description: "The id of the user, which is also the auth_id of the identity." }),
    name: computed(string, { description: "The name of the user." }),
    primary_group: computed(string, { description: "The id of the user's primary group; null where there is none." }),
    sid: computed(string, { description: "The Windows security identifier of the user." }),
    uid: computed(string, { description: "The NFS uid of the user; null where there is none." }),
    home_directory: computed(string, { description: "The home directory of the user; null where there is none." }),
    can_change_password: computed(bool, { description: "Whether the user may change its own password." }),
    privileges: computed(setOf(string), {
      description: "The names of all privileges that the user holds. Null on clusters that do not report them.",
    }),
    access_token_id: computed(string, {
      description:
        "The id of the access token in use; null with a login, and on clusters that do not report which token it is.",
    }),
  },
} as const satisfies Schema;

/** The shape of what the cluster tells about the provider's credentials. */
export type WhoAmISchema = typeof whoAmISchema;

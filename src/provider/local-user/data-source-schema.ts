import {
  bool,
  computed,
  listOf,
  object,
  optional,
  optionalComputed,
  type Schema,
  string,
} from "../../framework/schema.ts";
import { lookupIdValidator } from "../attribute/id.ts";

const details = {
  primary_group: computed(string, { description: "The id of the user's primary group; null where there is none." }),
  sid: computed(string, { description: "The Windows security identifier of the user." }),
  uid: computed(string, { description: "The NFS uid of the user; null where there is none." }),
  home_directory: computed(string, { description: "The home directory of the user; null where there is none." }),
  can_change_password: computed(bool, { description: "Whether the user may change its own password." }),
} as const;

/** The fields of one local user in a list. */
export const localUserAttributes = {
  id: computed(string, { description: "The id of the user, which is also the auth_id of the identity." }),
  name: computed(string, { description: "The name of the user." }),
  ...details,
} as const;

/** One local user that this configuration does not manage. */
export const localUserLookupSchema = {
  description: "Reads one local user, by id or by name. Needs `PRIVILEGE_LOCAL_USER_READ`.",
  attributes: {
    id: optionalComputed(string, {
      refersToOthers: true,
      validators: [lookupIdValidator],
      description: "The id of the user, which is also the auth_id of the identity. Set either this or `name`.",
    }),
    name: optionalComputed(string, {
      description: "The name of the user, without regard to case. Set either this or `id`.",
    }),
    ...details,
  },
} as const satisfies Schema;

/** All local users. */
export const localUsersSchema = {
  description: "Reads all local users, the built-in ones included. Needs `PRIVILEGE_LOCAL_USER_READ`.",
  attributes: {
    name_prefix: optional(string, {
      description: "Only users whose names begin with this text, without regard to case. Without it, all users.",
    }),
    users: computed(listOf(object(localUserAttributes)), {
      description: "The users, in ascending order of their ids.",
    }),
  },
} as const satisfies Schema;

/** The shape of one local user. */
export type LocalUserLookupSchema = typeof localUserLookupSchema;
/** The shape of all local users. */
export type LocalUsersSchema = typeof localUsersSchema;

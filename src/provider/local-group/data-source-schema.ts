import { computed, listOf, object, optionalComputed, type Schema, string } from "../../framework/schema.ts";
import { lookupIdValidator } from "../attribute/id.ts";
import { localUserAttributes } from "../local-user/data-source-schema.ts";

/** One local group that this configuration does not manage. */
export const localGroupLookupSchema = {
  description: "Reads one local group with its members, by id or by name. Needs `PRIVILEGE_LOCAL_GROUP_READ`.",
  attributes: {
    id: optionalComputed(string, {
      refersToOthers: true,
      validators: [lookupIdValidator],
      description: "The id of the group, which is also the auth_id of the identity. Set either this or `name`.",
    }),
    name: optionalComputed(string, {
      description: "The name of the group, without regard to case. Set either this or `id`.",
    }),
    sid: computed(string, { description: "The Windows security identifier of the group." }),
    gid: computed(string, { description: "The NFS gid of the group; null where there is none." }),
    members: computed(listOf(object(localUserAttributes)), {
      description:
        "The local users in the group, including those whose primary group it is, in ascending order of their ids.",
    }),
  },
} as const satisfies Schema;

/** The shape of one local group. */
export type LocalGroupLookupSchema = typeof localGroupLookupSchema;

import { computed, mapOf, type Schema, string } from "../../framework/schema.ts";

/** The catalogue of privileges of one cluster. */
export const privilegesSchema = {
  description:
    "Reads which privileges the cluster knows; newer versions of Qumulo Core know more. Needs `PRIVILEGE_ROLE_READ`.",
  attributes: {
    privileges: computed(mapOf(string), {
      description: "What each privilege lets its holder do, by name, for example `PRIVILEGE_QUOTA_READ`.",
    }),
  },
} as const satisfies Schema;

/** The shape of the catalogue of privileges. */
export type PrivilegesSchema = typeof privilegesSchema;

import { computed, listOf, object, required, type Schema, setOf, string } from "../../framework/schema.ts";
import { identityAttributes } from "../identity/schema.ts";
import { roleReferenceValidator } from "../attribute/role-name.ts";

const details = {
  description: computed(string, { description: "What the role is for." }),
  privileges: computed(setOf(string), { description: "The names of all privileges of the role." }),
} as const;

/** One role that this configuration does not manage; the built-in ones are among them. */
export const roleLookupSchema = {
  description:
    "Reads one role with its members. Built-in roles, such as `Observers`, can be read as well. Needs `PRIVILEGE_ROLE_READ`.",
  attributes: {
    name: required(string, {
      validators: [roleReferenceValidator("name")],
      description: "The name of the role, without regard to case.",
    }),
    ...details,
    members: computed(listOf(object(identityAttributes)), {
      description: "The users and groups that have the role, in ascending order of their auth_ids.",
    }),
  },
} as const satisfies Schema;

/** All roles. */
export const rolesSchema = {
  description:
    "Reads all roles, the built-in ones included, without their members: `qumulo_role` reads those of one role. Needs `PRIVILEGE_ROLE_READ`.",
  attributes: {
    roles: computed(
      listOf(object({ name: computed(string, { description: "The name of the role." }), ...details } as const)),
      { description: "The roles, sorted by name." },
    ),
  },
} as const satisfies Schema;

/** The shape of one role. */
export type RoleLookupSchema = typeof roleLookupSchema;
/** The shape of all roles. */
export type RolesSchema = typeof rolesSchema;

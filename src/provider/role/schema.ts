import {
  computed,
  defaulted,
  type IdentitySchema,
  required,
  type Schema,
  setOf,
  string,
} from "../../framework/schema.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";
import { privilegesValidator, roleNameValidator } from "./validate.ts";

/** A named set of privileges. */
export const roleSchema = {
  version: 1,
  description:
    "A role of the cluster: a named set of privileges that its members hold. The built-in roles cannot be managed; grant them with `qumulo_role_member`.",
  attributes: {
    id: computed(string, { keepsPriorValue: true, description: "The name of the role." }),
    name: required(string, {
      requiresReplace: true,
      sameMeaning: isSameRoleName,
      validators: [roleNameValidator],
      description:
        "The name of the role, without white space. Names compare without regard to case. A role cannot be renamed: another name makes another role, without the members of the first.",
    }),
    description: defaulted(string, { default: "", description: "What the role is for. The default is empty." }),
    privileges: required(setOf(string), {
      validators: [privilegesValidator],
      description:
        "The names of all privileges of the role, spelled as the API spells them, for example `PRIVILEGE_QUOTA_READ`. An empty set is allowed.",
    }),
    allow_lock_out: allowLockOutAttribute,
  },
} as const satisfies Schema;

/** What names one role for import. */
export const roleIdentity = {
  attributes: {
    name: { type: string, requiredForImport: true, description: "The name of the role." },
  },
} as const satisfies IdentitySchema;

/** The shape of a role. */
export type RoleSchema = typeof roleSchema;

import {
  computed,
  type IdentitySchema,
  optionalComputed,
  required,
  type Schema,
  string,
} from "../../framework/schema.ts";
import { emptyOr } from "../attribute/absent-text.ts";
import { accountNameValidator } from "../attribute/account-name.ts";
import { posixIdValidator } from "../attribute/posix-id.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";

/** A group of local users, which can be a member of roles as a whole. */
export const localGroupSchema = {
  version: 1,
  description:
    "A local group of the cluster. Its members are local users, added with `qumulo_local_group_member`; as a member of a role it gives all of them the privileges of the role.",
  attributes: {
    id: computed(string, {
      keepsPriorValue: true,
      description: "The id of the group. It is also the auth_id of the group's identity, and it is never used again.",
    }),
    name: required(string, {
      validators: [accountNameValidator("Group")],
      description:
        "The name of the group. Users and groups share one set of names, without regard to case. A change renames the group.",
    }),
    gid: optionalComputed(string, {
      refersToOthers: true,
      validators: [emptyOr(posixIdValidator("gid"))],
      description: "The NFS gid of the group, a number as text. Without it, or with empty text, the group has none.",
    }),
    allow_lock_out: allowLockOutAttribute,
    sid: computed(string, {
      keepsPriorValue: true,
      description: "The Windows security identifier of the group.",
    }),
  },
} as const satisfies Schema;

/** What names one local group for import. */
export const localGroupIdentity = {
  attributes: {
    id: { type: string, requiredForImport: true, description: "The id of the group." },
  },
} as const satisfies IdentitySchema;

/** The shape of a local group. */
export type LocalGroupSchema = typeof localGroupSchema;

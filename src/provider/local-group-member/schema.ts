import { computed, type IdentitySchema, required, type Schema, string } from "../../framework/schema.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";
import { accountIdValidator } from "./validate.ts";

/** One local user in one local group; other members of the group are left alone. */
export const localGroupMemberSchema = {
  version: 1,
  description:
    "One member of a local group. Members are local users; other members of the group are left alone. A user belongs to its own primary group without a membership, and leaves it only by another `primary_group`.",
  attributes: {
    id: computed(string, {
      keepsPriorValue: true,
      description: "The id of the group and the id of the member, joined by a colon.",
    }),
    group_id: required(string, {
      refersToOthers: true,
      validators: [accountIdValidator("group_id")],
      description: "The id of the local group, such as the `id` of a `qumulo_local_group`.",
    }),
    member_id: required(string, {
      refersToOthers: true,
      validators: [accountIdValidator("member_id")],
      description: "The id of the local user, such as the `id` of a `qumulo_local_user`.",
    }),
    allow_lock_out: allowLockOutAttribute,
  },
} as const satisfies Schema;

/** What names one membership for import. */
export const localGroupMemberIdentity = {
  attributes: {
    group_id: { type: string, requiredForImport: true, description: "The id of the local group." },
    member_id: { type: string, requiredForImport: true, description: "The id of the local user." },
  },
} as const satisfies IdentitySchema;

/** The shape of a membership in a local group. */
export type LocalGroupMemberSchema = typeof localGroupMemberSchema;

import { computed, type IdentitySchema, mapOf, required, type Schema, setOf, string } from "../../framework/schema.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import { roleReferenceValidator } from "../attribute/role-name.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";
import { membersValidator } from "./validate.ts";

/** All members of one role; whoever else is a member is removed. */
export const roleMembersSchema = {
  description:
    "All members of a role, which gives them its privileges. Whoever is a member without being listed is removed: use this where the list is to be complete, and `qumulo_role_member` to add single members. The two cannot be used together for one role.",
  attributes: {
    id: computed(string, { keepsPriorValue: true, description: "The name of the role." }),
    role_name: required(string, {
      requiresReplace: true,
      sameMeaning: isSameRoleName,
      validators: [roleReferenceValidator("role_name")],
      description: "The name of the role. Built-in roles such as `Observers` are allowed.",
    }),
    members: required(setOf(string), {
      refersToOthers: true,
      validators: [membersValidator],
      description:
        "The users and groups that are to be members, as Qumulo's `qq` command line takes them: `local:svc`, `ad:svc`, `ldap_group:ops`, `auth_id:1004`, `uid:5001`, a SID, or a bare name. An empty set removes all members. Members that were added on the cluster are shown with their domain, or by their auth_id.",
    }),
    auth_ids: computed(mapOf(string), {
      keepsPriorValue: true,
      description:
        "The auth_id of each member, by its text in `members`. Where a text now means another account, the plan shows that here.",
    }),
    allow_lock_out: allowLockOutAttribute,
  },
} as const satisfies Schema;

/** What names the members of one role for import. */
export const roleMembersIdentity = {
  attributes: {
    role_name: { type: string, requiredForImport: true, description: "The name of the role." },
  },
} as const satisfies IdentitySchema;

/** The shape of all members of a role. */
export type RoleMembersSchema = typeof roleMembersSchema;

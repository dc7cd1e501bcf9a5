import {
  computed,
  type IdentitySchema,
  optionalComputed,
  required,
  type Schema,
  string,
} from "../../framework/schema.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import { posixIdValidator } from "../attribute/posix-id.ts";
import { isSameMemberName, isSameSid } from "../identity/same-identity.ts";
import { roleReferenceValidator } from "../attribute/role-name.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";
import { authIdValidator, domainValidator, memberNameValidator } from "./validate.ts";

// Nothing replaces: a value that is not known while planning may turn out to be the one of before.
const decided = { keepsPriorValue: true } as const;

/** One identity in one role; other members of the role are left alone. */
export const roleMemberSchema = {
  version: 1,
  description:
    "One member of a role: gives an identity, which may be a user or a group, the privileges of the role. Other members of the role are left alone. Name the identity by at least one of `auth_id`, `name`, `sid`, `uid` and `gid`; the cluster fills in the rest.",
  attributes: {
    id: computed(string, {
      keepsPriorValue: true,
      description: "The name of the role and the auth_id of the member, joined by a colon.",
    }),
    role_name: required(string, {
      sameMeaning: isSameRoleName,
      validators: [roleReferenceValidator("role_name")],
      description: "The name of the role. Built-in roles such as `Observers` are allowed.",
    }),
    auth_id: optionalComputed(string, {
      ...decided,
      refersToOthers: true,
      validators: [authIdValidator],
      description:
        "The id of the identity; for a local user this is the id of the user. It names exactly one identity.",
    }),
    name: optionalComputed(string, {
      ...decided,
      validators: [memberNameValidator],
      sameMeaning: isSameMemberName,
      description: "The name of the identity. Give `domain` as well, or a name may mean different identities.",
    }),
    domain: optionalComputed(string, {
      ...decided,
      refersToOthers: true,
      validators: [domainValidator],
      description:
        "Where the identity comes from: `LOCAL`, `ACTIVE_DIRECTORY`, `POSIX_USER`, `POSIX_GROUP` or `WORLD`. It does not name an identity by itself.",
    }),
    sid: optionalComputed(string, {
      ...decided,
      sameMeaning: isSameSid,
      description: "The Windows security identifier of the identity.",
    }),
    uid: optionalComputed(string, {
      ...decided,
      refersToOthers: true,
      validators: [posixIdValidator("uid")],
      description: "The POSIX user id of the identity, a number as text.",
    }),
    gid: optionalComputed(string, {
      ...decided,
      refersToOthers: true,
      validators: [posixIdValidator("gid")],
      description: "The POSIX group id of the identity, a number as text.",
    }),
    allow_lock_out: allowLockOutAttribute,
  },
} as const satisfies Schema;

/** What names one membership for import. */
export const roleMemberIdentity = {
  attributes: {
    role_name: { type: string, requiredForImport: true, description: "The name of the role." },
    auth_id: { type: string, requiredForImport: true, description: "The auth_id of the member." },
  },
} as const satisfies IdentitySchema;

/** The shape of a role membership. */
export type RoleMemberSchema = typeof roleMemberSchema;

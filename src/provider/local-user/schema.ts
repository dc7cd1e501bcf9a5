import {
  bool,
  computed,
  type IdentitySchema,
  optional,
  optionalComputed,
  required,
  type Schema,
  string,
} from "../../framework/schema.ts";
import { emptyOr } from "../attribute/absent-text.ts";
import { accountNameValidator } from "../attribute/account-name.ts";
import { posixIdValidator } from "../attribute/posix-id.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";
import { isSamePrimaryGroup } from "./primary-group.ts";
import { homeDirectoryValidator, passwordValidator, primaryGroupValidator } from "./validate.ts";

/** A user whose name and password the cluster itself keeps: what a service account is made of. */
export const localUserSchema = {
  version: 1,
  description:
    "A local user of the cluster, for example the service account of one program. Without a password the provider sets a long random one and forgets it: nobody can log in with it, and the account is used through access tokens alone.",
  attributes: {
    id: computed(string, {
      keepsPriorValue: true,
      description: "The id of the user. It is also the auth_id of the user's identity, and it is never used again.",
    }),
    name: required(string, {
      validators: [accountNameValidator("User")],
      description:
        "The name of the user. Users and groups share one set of names, without regard to case. A change renames the user.",
    }),
    primary_group: optionalComputed(string, {
      keepsPriorValue: true,
      refersToOthers: true,
      validators: [primaryGroupValidator],
      sameMeaning: isSamePrimaryGroup,
      description:
        'The id of the local group that is the user\'s primary group. Without it a new user is in `Users`, which is `"513"`; `"0"` means the same group.',
    }),
    uid: optionalComputed(string, {
      refersToOthers: true,
      validators: [emptyOr(posixIdValidator("uid"))],
      description: "The NFS uid of the user, a number as text. Without it, or with empty text, the user has none.",
    }),
    home_directory: optionalComputed(string, {
      validators: [emptyOr(homeDirectoryValidator)],
      description: "The absolute path of the user's home directory. Without it, or with empty text, the user has none.",
    }),
    password: optional(string, {
      sensitive: true,
      validators: [passwordValidator],
      description:
        "The password of the user, kept in state in clear text. Prefer to leave it out, or to use `password_wo`. Removing it sets a random password that nobody knows.",
    }),
    password_wo: optional(string, {
      sensitive: true,
      writeOnly: true,
      validators: [passwordValidator],
      description:
        "The password of the user, kept neither in plan nor in state. It is sent when the user is created and whenever `password_wo_version` changes.",
    }),
    password_wo_version: optional(string, {
      description:
        "Any text or number that stands for the current `password_wo`. Change it together with the password.",
    }),
    allow_lock_out: allowLockOutAttribute,
    sid: computed(string, {
      keepsPriorValue: true,
      description: "The Windows security identifier of the user.",
    }),
    can_change_password: computed(bool, {
      keepsPriorValue: true,
      description: "Whether the user may change its own password.",
    }),
  },
} as const satisfies Schema;

/** What names one local user for import. */
export const localUserIdentity = {
  attributes: {
    id: { type: string, requiredForImport: true, description: "The id of the user." },
  },
} as const satisfies IdentitySchema;

/** The shape of a local user. */
export type LocalUserSchema = typeof localUserSchema;

import {
  bool,
  computed,
  defaulted,
  type IdentitySchema,
  mapOf,
  object,
  optional,
  optionalComputed,
  required,
  type Schema,
  string,
} from "../../framework/schema.ts";
import { defaultOverlap } from "../../vocabulary/duration.ts";
import { isSameInstant } from "../../vocabulary/instant.ts";
import { firstCoreWith } from "../../vocabulary/core-features.ts";
import { identityAttributes } from "../identity/schema.ts";
import { allowLockOutAttribute } from "../rights/lock-out.ts";
import { isSameRecipients, madeUpRecipientValidator } from "./secret/recipients.ts";
import { isSameDuration } from "./token/duration.ts";
import { allowAdministratorAttribute } from "./user/allow-administrator.ts";
import { isSameUserText } from "./user/user-text.ts";
import { durationValidator, expirationTimeValidator, userValidator } from "./validate.ts";

const identity = object(identityAttributes);

const previousToken = object({
  id: computed(string, { description: "The id of the previous access token." }),
  expiration_time: computed(string, {
    description: "When the cluster stops accepting it; null when it never expires.",
  }),
});

/** A credential of one user for the REST API, and its predecessor. */
export const accessTokenSchema = {
  description:
    "A series of access tokens: lets a program use the REST API as one user, with exactly the privileges of that user. A user has two access tokens at most, and the series uses both, so that a rotation has no downtime: it makes a new token while the old one keeps working for `overlap`, as an update in place. The cluster shows the bearer token once, when it creates the access token; it is kept in state, marked sensitive, or with `encrypt_to` only encrypted.",
  attributes: {
    id: computed(string, { keepsPriorValue: true, description: "The id of the access token. A rotation changes it." }),
    user: required(string, {
      refersToOthers: true,
      validators: [userValidator],
      sameMeaning: isSameUserText,
      description:
        "The user whom the token authenticates, as Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `ldap_user:svc`, `auth_id:1004`, `uid:5001`, a SID, or a bare name. Groups are refused. A name is looked up at each refresh: when it means another account, the next apply makes a new token for that account as a rotation, in whose overlap the old one goes on working. Another spelling of the same account changes nothing.",
    }),
    expiration_time: optionalComputed(string, {
      refersToOthers: true,
      validators: [expirationTimeValidator],
      sameMeaning: isSameInstant,
      description: `When the cluster stops accepting the token: an RFC 3339 time with an offset. Without it and without \`expires_in\` the token never expires. A later or earlier time changes the token in place; removing the time is a rotation, since the cluster cannot clear it. Needs Qumulo Core ${firstCoreWith("tokenExpiration")}.`,
    }),
    expires_in: optional(string, {
      validators: [durationValidator("expires_in")],
      sameMeaning: isSameDuration,
      description: `How long each token of the series lives, counted from its creation, minus up to a millisecond, by which this token is told from others: a duration such as \`"90d"\`, instead of \`expiration_time\`. A change moves the end of the token in place. A plan after the end rotates the token. Needs Qumulo Core ${firstCoreWith("tokenExpiration")}.`,
    }),
    enabled: defaulted(bool, {
      default: true,
      description: `Whether the cluster accepts the token, and the one before it. The default is true. A change takes effect in place. Disabling needs Qumulo Core ${firstCoreWith("tokenEnabling")}.`,
    }),
    rotate_before_expiry: optional(string, {
      validators: [durationValidator("rotate_before_expiry")],
      sameMeaning: isSameDuration,
      description:
        'How long before its end the token is rotated: a duration such as `"14d"`, shorter than `expires_in`, which must be set as well. The first plan within that time rotates the token, so plan more often than that.',
    }),
    rotate_when_changed: optional(mapOf(string), {
      description:
        "Any values; a change of one of them rotates the token. Adding or removing the whole map alone does not.",
    }),
    overlap: defaulted(string, {
      default: defaultOverlap,
      validators: [durationValidator("overlap")],
      sameMeaning: isSameDuration,
      description:
        'How long the old token keeps working after a rotation: a duration, `"24h"` unless set; `"0s"` deletes it at once. Never longer than the old token would have worked anyway. The cluster itself ends it; a later plan deletes it. A change takes effect at the next rotation.',
    }),
    encrypt_to: optional(string, {
      refersToOthers: true,
      validators: [madeUpRecipientValidator],
      sameMeaning: isSameRecipients,
      description:
        'The recipients to encrypt the bearer token to, instead of keeping it in state in clear text: an age public key (`age1…`, or the post-quantum `age1pq1…`), or several, one per line, as in an age recipients file, so that `file("recipients.txt")` works. The secret key of any one of them decrypts `encrypted_bearer_token`. Adding, changing or removing recipients is a rotation where state holds a bearer token; another order, comments and white space change nothing.',
    }),
    allow_administrator: allowAdministratorAttribute,
    allow_lock_out: allowLockOutAttribute,
    bearer_token: computed(string, {
      sensitive: true,
      keepsPriorValue: true,
      description:
        "The secret text that programs send. The cluster shows it only when it creates the token: null after an import, and with `encrypt_to`. A rotation changes it.",
    }),
    encrypted_bearer_token: computed(string, {
      keepsPriorValue: true,
      description:
        "The bearer token encrypted to the recipients in `encrypt_to`: an age file in ASCII armor, which `age -d -i key.txt` decrypts. Useless to anybody else, so it is not marked sensitive. Null without `encrypt_to`, and after an import. A rotation changes it.",
    }),
    identity: computed(identity, {
      keepsPriorValue: true,
      description: "The user whom the token authenticates, as the cluster knows it.",
    }),
    creator: computed(identity, { keepsPriorValue: true, description: "Who created the access token." }),
    creation_time: computed(string, {
      keepsPriorValue: true,
      description: "When the access token was created, as an RFC 3339 time.",
    }),
    expired: computed(bool, {
      keepsPriorValue: true,
      description: "Whether the token had expired when it was last read, by the cluster's clock.",
    }),
    previous_token: computed(previousToken, {
      keepsPriorValue: true,
      sameMeaning: (left, right) =>
        left.id === right.id && isSameInstant(left.expiration_time ?? "", right.expiration_time ?? ""),
      description:
        "The token before the last rotation, while it still exists: it works until its end, and the first plan after that deletes it. Null otherwise.",
    }),
  },
} as const satisfies Schema;

/** What names one access token for import. */
export const accessTokenIdentity = {
  attributes: {
    id: { type: string, requiredForImport: true, description: "The id of the access token." },
  },
} as const satisfies IdentitySchema;

/** The shape of an access token. */
export type AccessTokenSchema = typeof accessTokenSchema;

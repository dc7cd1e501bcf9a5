import {
  bool,
  computed,
  defaulted,
  type IdentitySchema,
  object,
  optional,
  required,
  type Schema,
  string,
} from "../../framework/schema.ts";
import { isSameInstant } from "../../vocabulary/instant.ts";
import { expirationTimeValidator } from "./expiration-time.ts";
import { isSameUserText, userValidator } from "./user-text.ts";

const identity = object({
  domain: computed(string, { description: "Where the identity comes from, for example `LOCAL`." }),
  auth_id: computed(string, { description: "The cluster's own id of the identity." }),
  uid: computed(string, { description: "The POSIX user id; null where there is none." }),
  gid: computed(string, { description: "The POSIX group id; null where there is none." }),
  sid: computed(string, { description: "The Windows security identifier; null where there is none." }),
  name: computed(string, { description: "The name; null when it no longer resolves." }),
});

/** A credential of one user for the REST API. */
export const accessTokenSchema = {
  description:
    "An access token: lets a program use the REST API as one user, with exactly the privileges of that user. A user has two access tokens at most. The cluster shows the bearer token once, when it creates the access token; it is kept in state, marked sensitive.",
  attributes: {
    id: computed(string, { keepsPriorValue: true, description: "The id of the access token." }),
    user: required(string, {
      validators: [userValidator],
      sameMeaning: isSameUserText,
      description:
        "The user whom the token authenticates, as Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `ldap_user:svc`, `auth_id:1004`, `uid:5001`, a SID, or a bare name. Groups are refused. Another user makes another token; another spelling of the same user changes nothing.",
    }),
    expiration_time: optional(string, {
      validators: [expirationTimeValidator],
      sameMeaning: isSameInstant,
      description:
        "When the cluster stops accepting the token: an RFC 3339 time with an offset. Without it the token never expires. A later or earlier time changes the token in place; taking the time away makes another token, since the cluster cannot clear it.",
    }),
    enabled: defaulted(bool, {
      default: true,
      description: "Whether the cluster accepts the token. The default is true. A change takes effect in place.",
    }),
    bearer_token: computed(string, {
      sensitive: true,
      keepsPriorValue: true,
      description:
        "The secret text that programs send. The cluster shows it only when it creates the token: null after an import.",
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

import { computed, listOf, object, required, type Schema, string } from "../../framework/schema.ts";
import { identityTextValidator } from "./identity-text.ts";

/** The fields of one identity, all of them for the cluster to tell. */
export const identityAttributes = {
  domain: computed(string, {
    description: "Where the identity comes from: `LOCAL`, `ACTIVE_DIRECTORY`, `POSIX_USER`, `POSIX_GROUP`, `WORLD` …",
  }),
  auth_id: computed(string, { description: "The cluster's own id of the identity." }),
  uid: computed(string, { description: "The POSIX user id; null where there is none." }),
  gid: computed(string, { description: "The POSIX group id; null where there is none." }),
  sid: computed(string, { description: "The Windows security identifier; null where there is none." }),
  name: computed(string, { description: "The name; null when it no longer resolves." }),
} as const;

/** What the cluster knows of one identity of any domain. */
export const identitySchema = {
  description:
    "Looks up one user or group of any domain, with all its names and ids and the groups that it belongs to. Needs `PRIVILEGE_IDENTITY_READ`.",
  attributes: {
    identity: required(string, {
      refersToOthers: true,
      validators: [identityTextValidator],
      description:
        "Whom to look up, as Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `ldap_user:svc`, `ldap_group:staff`, `auth_id:1004`, `uid:5001`, `gid:5001`, a SID, `world:Everyone`, or a bare name.",
    }),
    ...identityAttributes,
    type: computed(string, {
      description: "`USER` or `GROUP`; `UNKNOWN` when the cluster cannot tell.",
    }),
    groups: computed(listOf(object(identityAttributes)), {
      description: "The groups that the identity belongs to, in ascending order of their auth_ids.",
    }),
  },
} as const satisfies Schema;

/** The shape of a looked-up identity. */
export type IdentitySchema = typeof identitySchema;

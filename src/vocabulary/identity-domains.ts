/**
 * The worlds that identities come from, spelled as the API's enumeration spells them.
 *
 * @see Qumulo REST API: the `domain` of POST /v1/identity/find
 */
export const identityDomains = [
  "LOCAL",
  "ACTIVE_DIRECTORY",
  "POSIX_USER",
  "POSIX_GROUP",
  "WORLD",
  "API_NULL_DOMAIN",
  "API_INVALID_DOMAIN",
  "API_RESERVED_DOMAIN",
  "API_INTERNAL_DOMAIN",
  "API_OPERATOR_DOMAIN",
  "API_CREATOR_DOMAIN",
  "API_QUMULO_SUPPORT_DOMAIN",
] as const;

/** One of the worlds that identities come from, spelled as the API spells it. */
export type IdentityDomain = (typeof identityDomains)[number];

/**
 * A client of the Qumulo Core REST API: local users, roles, memberships, access tokens and identities.
 *
 * TLS is verified unless asked otherwise, sessions renew themselves, ids stay text, secrets print as `[redacted]`, and
 * every failure is a `ClusterError` with fields to branch on.
 *
 * @packageDocumentation
 */
export type {
  AccessToken,
  AccessTokenChange,
  AccessTokenRequest,
  AccessTokens,
  CreatedAccessToken,
} from "./access-tokens.ts";
export type { ClusterInformation, ClusterNode } from "./cluster-information.ts";
export { type Cluster, type ClusterOptions, openCluster } from "./cluster.ts";
export {
  ClusterError,
  type ClusterErrorFacts,
  type ClusterErrorKind,
  type ConnectionFault,
  tooManyAccessTokensError,
} from "./cluster-error.ts";
export {
  type CredentialsStore,
  readCredentialsFile,
  readStoredCredentials,
  type StoredCredentials,
} from "./credentials-file.ts";
export { parseFingerprint } from "../vocabulary/fingerprint.ts";
export type { ExpandedIdentity, Identities, Identity } from "./identities.ts";
export type { LocalGroup, LocalGroups, LocalGroupSettings, VersionedLocalGroup } from "./local-groups.ts";
export type { LocalUser, LocalUsers, LocalUserSettings, VersionedLocalUser } from "./local-users.ts";
export { parseProxy, type Proxy } from "./proxy.ts";
export type { RoleMembers } from "./role-members.ts";
export type { NamedRole, Role, Roles, VersionedRole } from "./roles.ts";
export type { Credentials } from "./session.ts";
export type { Trust } from "./tls.ts";
export { type CoreVersion, isOlderVersion, parseCoreVersion } from "../vocabulary/core-version.ts";
export type { CurrentUser, Sessions } from "./who-am-i.ts";
export type { Clock } from "../vocabulary/clock.ts";
export type { IdentityDomain } from "../vocabulary/identity-domains.ts";
export { type IdentityReference, type ParsedIdentity, parseIdentityText } from "../vocabulary/identity-text.ts";
export { Secret } from "../vocabulary/secret.ts";

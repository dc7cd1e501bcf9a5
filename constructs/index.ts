/**
 * Service accounts, roles and access tokens of a Qumulo Core cluster, for CDKTF programs.
 *
 * Besides what is described here, `bindings` has the classes that CDKTF generates of the provider's schema: one for each
 * resource and data source, such as `bindings.localUser.LocalUser`. Their properties are the attributes that the
 * provider's reference describes, in camel case.
 *
 * @packageDocumentation
 */
export { AccessPolicy, type AccessPolicyProps } from "./access-policy.ts";
export type { AccessFinding, AccessRule } from "./access-rules.ts";
export type { AccessSubject, SubjectValue } from "./access-subject.ts";
export { AccessToken, type AccessTokenProps } from "./access-token.ts";
export { type Cluster, forEachCluster } from "./clusters.ts";
export { ConstructError, type PropFault } from "./construct-error.ts";
export { Duration } from "./duration.ts";
export type { ExistingById, ExistingByName } from "./existing.ts";
export * as bindings from "./generated/index.ts";
export { Grant, type GrantProps } from "./grant.ts";
export { GroupMembership, type GroupMembershipProps } from "./group-membership.ts";
export type {
  IAccessToken,
  IGrant,
  IGrantee,
  IGroupMembership,
  ILocalGroup,
  IRole,
  IServiceAccount,
  IssueTokenProps,
  MembershipProps,
} from "./interfaces.ts";
export { LocalGroup, type LocalGroupProps } from "./local-group.ts";
export { Privilege } from "./privilege.ts";
export { Privileges } from "./privileges.ts";
export { QumuloProvider, type QumuloProviderProps } from "./qumulo-provider.ts";
export { type ExistingBuiltInRole, Role, type RoleProps } from "./role.ts";
export type { SecretProp } from "./secret-prop.ts";
export { ServiceAccount, type ServiceAccountProps } from "./service-account.ts";
export { ServiceIdentity, type ServiceIdentityProps } from "./service-identity.ts";
export { TokenDelivery, type TokenDeliveryProps } from "./token-delivery.ts";
export type { IdentityDomain } from "../src/vocabulary/identity-domains.ts";
export type { IdentityReference } from "../src/vocabulary/identity-text.ts";
export type { BuiltInGroupName } from "../src/vocabulary/local-groups.ts";
export type { PrivilegeName } from "../src/vocabulary/privileges.ts";
export type { BuiltInRoleName } from "../src/vocabulary/role-name.ts";

/** Service accounts, roles and access tokens of a Qumulo Core cluster, for CDKTF programs. */
export { AccessToken, type AccessTokenProps } from "./access-token.ts";
export { ConstructError, type PropFault } from "./construct-error.ts";
export * as bindings from "./generated/index.ts";
export { Grant, type GrantProps } from "./grant.ts";
export type { IAccessToken, IGrant, IRole, IServiceAccount, IssueTokenProps } from "./interfaces.ts";
export { QumuloProvider, type QumuloProviderProps, type SecretProp } from "./qumulo-provider.ts";
export { type Privilege, Role, type RoleProps } from "./role.ts";
export { ServiceAccount, type ServiceAccountProps } from "./service-account.ts";
export type { IdentityReference } from "../src/vocabulary/identity-text.ts";
export type { PrivilegeName } from "../src/vocabulary/privileges.ts";
export type { BuiltInRoleName } from "../src/vocabulary/role-name.ts";

// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
export * as accessToken from "./access-token.ts";
export * as localGroup from "./local-group.ts";
export * as localGroupMember from "./local-group-member.ts";
export * as localUser from "./local-user.ts";
export * as role from "./role.ts";
export * as roleMember from "./role-member.ts";
export * as roleMembers from "./role-members.ts";
export * as dataQumuloAccessToken from "./data-qumulo-access-token.ts";
export * as dataQumuloAccessTokens from "./data-qumulo-access-tokens.ts";
export * as dataQumuloCluster from "./data-qumulo-cluster.ts";
export * as dataQumuloIdentity from "./data-qumulo-identity.ts";
export * as dataQumuloLocalGroup from "./data-qumulo-local-group.ts";
export * as dataQumuloLocalUser from "./data-qumulo-local-user.ts";
export * as dataQumuloLocalUsers from "./data-qumulo-local-users.ts";
export * as dataQumuloPrivileges from "./data-qumulo-privileges.ts";
export * as dataQumuloRole from "./data-qumulo-role.ts";
export * as dataQumuloRoles from "./data-qumulo-roles.ts";
export * as dataQumuloWhoAmI from "./data-qumulo-who-am-i.ts";
export * as provider from "./provider.ts";


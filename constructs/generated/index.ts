// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
export * as accessToken from "./access-token.ts";
export * as localGroup from "./local-group.ts";
export * as localGroupMember from "./local-group-member.ts";
export * as localUser from "./local-user.ts";
export * as role from "./role.ts";
export * as roleMember from "./role-member.ts";
export * as roleMembers from "./role-members.ts";
export * as dataQumuloWhoAmI from "./data-qumulo-who-am-i.ts";
export * as provider from "./provider.ts";


import { addRoleMember, getRoleMember, listRoleMembers, removeRoleMember } from "../../rules/role-members.ts";
import type { Route } from "../api-request.ts";
import { identityJson, identitySchema } from "../identity-json.ts";
import { pageRequestOf, pagingJson } from "../paging-json.ts";

/** Members of roles. */
export const roleMemberRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/auth/roles/{role_name}/members",
    operation: "readRoles",
    handle(request, context) {
      const roleName = request.param("role_name");
      const { entries, next } = listRoleMembers(context, roleName, pageRequestOf(request));
      return {
        body: {
          members: Object.fromEntries(entries.map((identity) => [identity.authId, identityJson(identity)])),
          paging: pagingJson(`/v1/auth/roles/${encodeURIComponent(roleName)}/members`, next),
        },
      };
    },
  },
  {
    method: "POST",
    path: "/v1/auth/roles/{role_name}/members",
    operation: "writeRoles",
    handle(request, context) {
      const identity = addRoleMember(context, request.param("role_name"), request.body(identitySchema));
      return { body: identityJson(identity) };
    },
  },
  {
    method: "GET",
    path: "/v1/auth/roles/{role_name}/members/{member_id}",
    operation: "readRoles",
    handle: (request, context) => ({
      body: identityJson(getRoleMember(context, request.param("role_name"), request.param("member_id"))),
    }),
  },
  {
    method: "DELETE",
    path: "/v1/auth/roles/{role_name}/members/{member_id}",
    operation: "writeRoles",
    handle(request, context) {
      removeRoleMember(context, request.param("role_name"), request.param("member_id"));
      return {};
    },
  },
];

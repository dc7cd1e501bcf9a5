import { addRoleMember, getRoleMember, listRoleMembers, removeRoleMember } from "../../rules/access/role-members.ts";
import { identityShape, memberPageShape } from "../answer-shapes.ts";
import { type Route, withBody } from "../api-request.ts";
import { identityJson, memberIdentitySchema, unresolved } from "../identity-json.ts";
import { pageRequestOf, pagingJson, pagingParameters } from "../paging-json.ts";

/** Members of roles. */
export const roleMemberRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/auth/roles/{role_name}/members",
    operation: "readRoles",
    summary: "List the members of a role",
    query: pagingParameters,
    answer: memberPageShape,
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
  withBody({
    method: "POST",
    path: "/v1/auth/roles/{role_name}/members",
    operation: "writeRoles",
    summary: "Add an identity to a role",
    body: memberIdentitySchema,
    answer: identityShape,
    refusals: [...unresolved, "identityNotSupported", "roleMemberExists"],
    handle: ({ content, param }, context) => ({
      body: identityJson(addRoleMember(context, param("role_name"), content)),
    }),
  }),
  {
    method: "GET",
    path: "/v1/auth/roles/{role_name}/members/{member_id}",
    operation: "readRoles",
    summary: "Read a member of a role",
    answer: identityShape,
    handle: (request, context) => ({
      body: identityJson(getRoleMember(context, request.param("role_name"), request.param("member_id"))),
    }),
  },
  {
    method: "DELETE",
    path: "/v1/auth/roles/{role_name}/members/{member_id}",
    operation: "writeRoles",
    summary: "Remove an identity from a role",
    handle(request, context) {
      removeRoleMember(context, request.param("role_name"), request.param("member_id"));
      return {};
    },
  },
];

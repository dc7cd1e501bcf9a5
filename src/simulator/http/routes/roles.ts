import * as v from "valibot";
import { privilegeDescriptions } from "../../../vocabulary/privilege-descriptions.ts";
import { etagOf } from "../../rules/etags.ts";
import { changeRole, createRole, deleteRole, getRole, listRoles, type Role } from "../../rules/roles.ts";
import type { Answer, Route } from "../api-request.ts";
import { text } from "../json-body.ts";

const createSchema = v.object({
  name: text,
  description: v.optional(text, ""),
  privileges: v.optional(v.array(text), () => []),
});

const replaceSchema = v.object({ description: text, privileges: v.array(text) });

const changeSchema = v.object({ description: v.optional(text), privileges: v.optional(v.array(text)) });

/** Roles and privileges. */
export const roleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/auth/privileges/",
    operation: "readRoles",
    handle: () => ({ body: privilegeDescriptions }),
  },
  {
    method: "GET",
    path: "/v1/auth/roles/",
    operation: "readRoles",
    handle: (_request, context) => ({
      body: Object.fromEntries(listRoles(context).map((role) => [role.name, roleJson(role)])),
    }),
  },
  {
    method: "POST",
    path: "/v1/auth/roles/",
    operation: "writeRoles",
    handle(request, context) {
      const role = createRole(context, request.body(createSchema));
      return { body: { name: role.name, ...roleJson(role) }, etag: etagOf(role.revision) };
    },
  },
  {
    method: "GET",
    path: "/v1/auth/roles/{role_name}",
    operation: "readRoles",
    handle: (request, context) => roleAnswer(getRole(context, request.param("role_name"))),
  },
  {
    method: "PUT",
    path: "/v1/auth/roles/{role_name}",
    operation: "writeRoles",
    handle(request, context) {
      const change = { ...request.body(replaceSchema), ifMatch: request.ifMatch };
      return roleAnswer(changeRole(context, request.param("role_name"), change));
    },
  },
  {
    method: "PATCH",
    path: "/v1/auth/roles/{role_name}",
    operation: "writeRoles",
    handle(request, context) {
      const { description, privileges } = request.body(changeSchema);
      const change = { description, privileges, ifMatch: request.ifMatch };
      return roleAnswer(changeRole(context, request.param("role_name"), change));
    },
  },
  {
    method: "DELETE",
    path: "/v1/auth/roles/{role_name}",
    operation: "writeRoles",
    handle(request, context) {
      deleteRole(context, request.param("role_name"), request.ifMatch);
      return {};
    },
  },
];

function roleAnswer(role: Role): Answer {
  return { body: roleJson(role), etag: etagOf(role.revision) };
}

function roleJson({ description, privileges }: Role): object {
  return { description, privileges };
}

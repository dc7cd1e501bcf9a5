import * as v from "valibot";
import { recordOf } from "../../../vocabulary/record-schema.ts";
import { privilegeCatalogue } from "../../rules/core-version.ts";
import { etagOf } from "../../rules/etags.ts";
import { changeRole, createRole, deleteRole, getRole, listRoles, type Role } from "../../rules/access/roles.ts";
import { createdRoleShape, roleShape } from "../answer-shapes.ts";
import { type Answer, type Route, withBody } from "../api-request.ts";
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
    summary: "List all privileges with what they allow",
    answer: recordOf(v.string()),
    handle: (_request, { coreVersion }) => ({ body: privilegeCatalogue(coreVersion) }),
  },
  {
    method: "GET",
    path: "/v1/auth/roles/",
    operation: "readRoles",
    summary: "List roles by their names",
    answer: recordOf(roleShape),
    handle: (_request, context) => ({
      body: Object.fromEntries(listRoles(context).map((role) => [role.name, roleJson(role)])),
    }),
  },
  withBody({
    method: "POST",
    path: "/v1/auth/roles/",
    operation: "writeRoles",
    summary: "Create a role",
    body: createSchema,
    answer: createdRoleShape,
    refusals: ["roleExists"],
    handle({ content }, context) {
      const role = createRole(context, content);
      return { body: { name: role.name, ...roleJson(role) }, etag: etagOf(role.revision) };
    },
  }),
  {
    method: "GET",
    path: "/v1/auth/roles/{role_name}",
    operation: "readRoles",
    summary: "Read a role",
    answer: roleShape,
    handle: (request, context) => roleAnswer(getRole(context, request.param("role_name"))),
  },
  withBody({
    method: "PUT",
    path: "/v1/auth/roles/{role_name}",
    operation: "writeRoles",
    summary: "Replace description and privileges of a role",
    body: replaceSchema,
    takesIfMatch: true,
    answer: roleShape,
    refusals: ["builtInRole"],
    handle: ({ content, ifMatch, param }, context) =>
      roleAnswer(changeRole(context, param("role_name"), { ...content, ifMatch })),
  }),
  withBody({
    method: "PATCH",
    path: "/v1/auth/roles/{role_name}",
    operation: "writeRoles",
    summary: "Change description or privileges of a role",
    body: changeSchema,
    takesIfMatch: true,
    answer: roleShape,
    refusals: ["builtInRole"],
    handle: ({ content: { description, privileges }, ifMatch, param }, context) =>
      roleAnswer(changeRole(context, param("role_name"), { description, privileges, ifMatch })),
  }),
  {
    method: "DELETE",
    path: "/v1/auth/roles/{role_name}",
    operation: "writeRoles",
    summary: "Delete a role",
    takesIfMatch: true,
    refusals: ["builtInRole"],
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

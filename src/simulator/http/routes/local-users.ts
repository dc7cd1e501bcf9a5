import * as v from "valibot";
import { Secret } from "../../../vocabulary/secret.ts";
import type { LocalUser } from "../../rules/accounts/accounts.ts";
import type { Context } from "../../rules/context.ts";
import { etagOf } from "../../rules/etags.ts";
import {
  createLocalUser,
  deleteLocalUser,
  getLocalUser,
  listGroupsOfUser,
  listLocalUsers,
  type LocalUserFields,
  replaceLocalUser,
  setPassword,
} from "../../rules/accounts/local-users.ts";
import { groupJson, userJson } from "../account-json.ts";
import { groupShape, userShape } from "../answer-shapes.ts";
import { type Answer, type Route, withBody } from "../api-request.ts";
import { text } from "../json-body.ts";

const fields = {
  name: text,
  primary_group: text,
  uid: v.nullish(text),
  home_directory: v.nullish(text),
  password: v.nullish(v.string()),
};

const createSchema = v.object(fields);

const replaceSchema = v.object({ id: text, ...fields });

const setPasswordSchema = v.object({ new_password: v.string() });

/** Local users. */
export const localUserRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/users/",
    operation: "readLocalUsers",
    summary: "List local users",
    answer: v.array(userShape),
    handle: (_request, context) => ({ body: listLocalUsers(context).map((user) => userJson(context, user)) }),
  },
  withBody({
    method: "POST",
    path: "/v1/users/",
    operation: "writeLocalUsers",
    summary: "Create a local user",
    body: createSchema,
    answer: userShape,
    refusals: ["userExists", "posixIdTaken", "weakPassword", "noSuchPrimaryGroup"],
    handle: ({ content }, context) => userAnswer(context, createLocalUser(context, toFields(content))),
  }),
  {
    method: "GET",
    path: "/v1/users/{id}",
    operation: "readLocalUsers",
    summary: "Read a local user",
    answer: userShape,
    handle: (request, context) => userAnswer(context, getLocalUser(context, request.param("id"))),
  },
  withBody({
    method: "PUT",
    path: "/v1/users/{id}",
    operation: "writeLocalUsers",
    summary: "Replace all fields of a local user; without a password it stays",
    body: replaceSchema,
    takesIfMatch: true,
    answer: userShape,
    refusals: ["userExists", "posixIdTaken", "weakPassword", "noSuchPrimaryGroup", "invalidRequest", "builtInAccount"],
    handle({ content, ifMatch, param }, context) {
      const asked = { ...toFields(content), bodyId: content.id, ifMatch };
      return userAnswer(context, replaceLocalUser(context, param("id"), asked));
    },
  }),
  {
    method: "DELETE",
    path: "/v1/users/{id}",
    operation: "writeLocalUsers",
    summary: "Delete a local user",
    refusals: ["builtInAccount"],
    handle(request, context) {
      deleteLocalUser(context, request.param("id"));
      return {};
    },
  },
  {
    method: "GET",
    path: "/v1/users/{id}/groups/",
    operation: "readGroupsOfUser",
    summary: "List the local groups of a user",
    answer: v.array(groupShape),
    handle: (request, context) => ({
      body: listGroupsOfUser(context, request.param("id")).map((group) => groupJson(context, group)),
    }),
  },
  withBody({
    method: "POST",
    path: "/v1/users/{id}/setpassword",
    operation: "writeLocalUsers",
    summary: "Set the password of a local user",
    body: setPasswordSchema,
    refusals: ["weakPassword"],
    handle({ content, param }, context) {
      setPassword(context, param("id"), new Secret(content.new_password));
      return {};
    },
  }),
];

function toFields(body: v.InferOutput<typeof createSchema>): LocalUserFields {
  return {
    name: body.name,
    primaryGroup: body.primary_group,
    uid: body.uid,
    homeDirectory: body.home_directory,
    password: typeof body.password === "string" ? new Secret(body.password) : undefined,
  };
}

function userAnswer(context: Context, user: LocalUser): Answer {
  return { body: userJson(context, user), etag: etagOf(user.revision) };
}

import * as v from "valibot";
import { Secret } from "../../../vocabulary/secret.ts";
import type { LocalUser } from "../../rules/accounts.ts";
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
} from "../../rules/local-users.ts";
import { groupJson, userJson } from "../account-json.ts";
import type { Answer, Route } from "../api-request.ts";
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
    handle: (_request, context) => ({ body: listLocalUsers(context).map((user) => userJson(context, user)) }),
  },
  {
    method: "POST",
    path: "/v1/users/",
    operation: "writeLocalUsers",
    handle: (request, context) => userAnswer(context, createLocalUser(context, toFields(request.body(createSchema)))),
  },
  {
    method: "GET",
    path: "/v1/users/{id}",
    operation: "readLocalUsers",
    handle: (request, context) => userAnswer(context, getLocalUser(context, request.param("id"))),
  },
  {
    method: "PUT",
    path: "/v1/users/{id}",
    operation: "writeLocalUsers",
    handle(request, context) {
      const body = request.body(replaceSchema);
      const asked = { ...toFields(body), bodyId: body.id, ifMatch: request.ifMatch };
      return userAnswer(context, replaceLocalUser(context, request.param("id"), asked));
    },
  },
  {
    method: "DELETE",
    path: "/v1/users/{id}",
    operation: "writeLocalUsers",
    handle(request, context) {
      deleteLocalUser(context, request.param("id"));
      return {};
    },
  },
  {
    method: "GET",
    path: "/v1/users/{id}/groups/",
    operation: "readGroupsOfUser",
    handle: (request, context) => ({
      body: listGroupsOfUser(context, request.param("id")).map((group) => groupJson(context, group)),
    }),
  },
  {
    method: "POST",
    path: "/v1/users/{id}/setpassword",
    operation: "writeLocalUsers",
    handle(request, context) {
      const password = new Secret(request.body(setPasswordSchema).new_password);
      setPassword(context, request.param("id"), password);
      return {};
    },
  },
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

import * as v from "valibot";
import type { LocalGroup } from "../../rules/accounts.ts";
import type { Context } from "../../rules/context.ts";
import { etagOf } from "../../rules/etags.ts";
import {
  addGroupMember,
  createLocalGroup,
  deleteLocalGroup,
  getLocalGroup,
  listGroupMembers,
  listLocalGroups,
  removeGroupMember,
  replaceLocalGroup,
} from "../../rules/local-groups.ts";
import { groupJson, userJson } from "../account-json.ts";
import type { Answer, Route } from "../api-request.ts";
import { text } from "../json-body.ts";

const createSchema = v.object({ name: text, gid: v.nullish(text) });

const replaceSchema = v.object({ id: text, name: text, gid: v.nullish(text) });

const memberSchema = v.object({ member_id: text });

/** Local groups and their members. */
export const localGroupRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/groups/",
    operation: "readLocalGroups",
    handle: (_request, context) => ({ body: listLocalGroups(context).map((group) => groupJson(context, group)) }),
  },
  {
    method: "POST",
    path: "/v1/groups/",
    operation: "writeLocalGroups",
    handle: (request, context) => groupAnswer(context, createLocalGroup(context, request.body(createSchema))),
  },
  {
    method: "GET",
    path: "/v1/groups/{id}",
    operation: "readLocalGroups",
    handle: (request, context) => groupAnswer(context, getLocalGroup(context, request.param("id"))),
  },
  {
    method: "PUT",
    path: "/v1/groups/{id}",
    operation: "writeLocalGroups",
    handle(request, context) {
      const { id, name, gid } = request.body(replaceSchema);
      const asked = { name, gid, bodyId: id, ifMatch: request.ifMatch };
      return groupAnswer(context, replaceLocalGroup(context, request.param("id"), asked));
    },
  },
  {
    method: "DELETE",
    path: "/v1/groups/{id}",
    operation: "writeLocalGroups",
    handle(request, context) {
      deleteLocalGroup(context, request.param("id"));
      return {};
    },
  },
  {
    method: "GET",
    path: "/v1/groups/{group_id}/members/",
    operation: "readLocalGroups",
    handle: (request, context) => ({
      body: listGroupMembers(context, request.param("group_id")).map((user) => userJson(context, user)),
    }),
  },
  {
    method: "POST",
    path: "/v1/groups/{group_id}/members/",
    operation: "writeLocalGroups",
    handle(request, context) {
      const { member_id } = request.body(memberSchema);
      return { body: userJson(context, addGroupMember(context, request.param("group_id"), member_id)) };
    },
  },
  {
    method: "DELETE",
    path: "/v1/groups/{group_id}/members/{member_id}",
    operation: "writeLocalGroups",
    handle(request, context) {
      removeGroupMember(context, request.param("group_id"), request.param("member_id"));
      return {};
    },
  },
];

function groupAnswer(context: Context, group: LocalGroup): Answer {
  return { body: groupJson(context, group), etag: etagOf(group.revision) };
}

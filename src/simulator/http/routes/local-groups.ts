import * as v from "valibot";
import type { LocalGroup } from "../../rules/accounts/accounts.ts";
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
} from "../../rules/accounts/local-groups.ts";
import { groupJson, userJson } from "../account-json.ts";
import { groupShape, userShape } from "../answer-shapes.ts";
import { type Answer, type Route, withBody } from "../api-request.ts";
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
    summary: "List local groups",
    answer: v.array(groupShape),
    handle: (_request, context) => ({ body: listLocalGroups(context).map((group) => groupJson(context, group)) }),
  },
  withBody({
    method: "POST",
    path: "/v1/groups/",
    operation: "writeLocalGroups",
    summary: "Create a local group",
    body: createSchema,
    answer: groupShape,
    refusals: ["groupExists", "posixIdTaken"],
    handle: ({ content }, context) => groupAnswer(context, createLocalGroup(context, content)),
  }),
  {
    method: "GET",
    path: "/v1/groups/{id}",
    operation: "readLocalGroups",
    summary: "Read a local group",
    answer: groupShape,
    handle: (request, context) => groupAnswer(context, getLocalGroup(context, request.param("id"))),
  },
  withBody({
    method: "PUT",
    path: "/v1/groups/{id}",
    operation: "writeLocalGroups",
    summary: "Replace all fields of a local group",
    body: replaceSchema,
    takesIfMatch: true,
    answer: groupShape,
    refusals: ["groupExists", "posixIdTaken", "invalidRequest", "builtInAccount"],
    handle({ content: { id, name, gid }, ifMatch, param }, context) {
      return groupAnswer(context, replaceLocalGroup(context, param("id"), { name, gid, bodyId: id, ifMatch }));
    },
  }),
  {
    method: "DELETE",
    path: "/v1/groups/{id}",
    operation: "writeLocalGroups",
    summary: "Delete a local group",
    refusals: ["builtInAccount", "groupInUse"],
    handle(request, context) {
      deleteLocalGroup(context, request.param("id"));
      return {};
    },
  },
  {
    method: "GET",
    path: "/v1/groups/{group_id}/members/",
    operation: "readLocalGroups",
    summary: "List the members of a local group",
    answer: v.array(userShape),
    handle: (request, context) => ({
      body: listGroupMembers(context, request.param("group_id")).map((user) => userJson(context, user)),
    }),
  },
  withBody({
    method: "POST",
    path: "/v1/groups/{group_id}/members/",
    operation: "writeLocalGroups",
    summary: "Add a local user to a local group",
    body: memberSchema,
    answer: userShape,
    refusals: ["unknownLocalIdentity", "groupMemberExists"],
    handle: ({ content: { member_id }, param }, context) => ({
      body: userJson(context, addGroupMember(context, param("group_id"), member_id)),
    }),
  }),
  {
    method: "DELETE",
    path: "/v1/groups/{group_id}/members/{member_id}",
    operation: "writeLocalGroups",
    summary: "Remove a local user from a local group",
    refusals: ["groupInUse"],
    handle(request, context) {
      removeGroupMember(context, request.param("group_id"), request.param("member_id"));
      return {};
    },
  },
];

function groupAnswer(context: Context, group: LocalGroup): Answer {
  return { body: groupJson(context, group), etag: etagOf(group.revision) };
}

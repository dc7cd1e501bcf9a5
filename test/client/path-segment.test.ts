import { expect, test } from "@jest/globals";
import { roleMembersPath } from "../../src/client/role-members.ts";
import { localGroupMembersPath } from "../../src/client/local-groups.ts";
import { rolePath } from "../../src/client/roles.ts";
import type { Cluster } from "../../src/client/cluster.ts";
import { pathSegment } from "../../src/client/path-segment.ts";
import { givenAnswering } from "../support/simulator/given-answering.ts";
import { failureOf } from "../support/simulator/given-client.ts";

const half = "svc-\ud800";

test.each([
  ["a name", "a%20name"],
  ["ü/?#%", "%C3%BC%2F%3F%23%25"],
  ["\u{1f600}", "%F0%9F%98%80"],
  [".", "%2E"],
  ["..", "%2E%2E"],
  ["..a", "..a"],
])("%j is one part of a path", (text, encoded) => {
  expect(pathSegment(text)).toBe(encoded);
});

test.each([
  ["role", rolePath],
  ["role's members", roleMembersPath],
  ["group's members", localGroupMembersPath],
])("half a character is not part of the path of a %s", (_, pathOf) => {
  expect(() => pathOf(half)).toThrow(/half a character/);
  expect(() => pathOf("\udc00")).toThrow(TypeError);
});

test.each<[string, (cluster: Cluster) => Promise<unknown>]>([
  ["a user", async ({ localUsers }) => localUsers.find(half)],
  ["a group", async ({ localGroups }) => localGroups.find(half)],
  ["a member of a group", async ({ localGroups }) => localGroups.removeMember("1", half)],
  ["a role", async ({ roles }) => roles.find(half)],
  ["a member of a role", async ({ roleMembers }) => roleMembers.find("role", half)],
  ["an access token", async ({ accessTokens }) => accessTokens.find(half)],
  ["a user's access tokens", async ({ accessTokens }) => accessTokens.listOf(half)],
])("%s whose id has half a character is not asked for", async (_, ask) => {
  const asked: string[] = [];
  const cluster = await givenAnswering((request, response) => {
    asked.push(request.url ?? "");
    response.end("{}");
  });

  await expect(ask(cluster)).rejects.toThrow(/half a character/);
  expect(asked).toEqual([]);
});

const role = { description: "", privileges: [] };

test.each<[string, string, (cluster: Cluster) => Promise<unknown>]>([
  ["the name of a role", '{"a\\ud800":{"description":"","privileges":[]}}', async ({ roles }) => roles.list()],
  ["a description", JSON.stringify({ r: { ...role, description: half } }), async ({ roles }) => roles.list()],
  ["the name of a user", JSON.stringify([{ id: "1", name: half }]), async ({ localUsers }) => localUsers.list()],
  [
    "the name of a member",
    JSON.stringify({ members: { 1: { auth_id: "1", name: "\udfff\ud800" } } }),
    async ({ roleMembers }) => roleMembers.list("r"),
  ],
])("an answer with half a character in %s is refused as it comes", async (_, body, ask) => {
  const cluster = await givenAnswering((_request, response) => response.end(body));

  const error = await failureOf(ask(cluster));

  expect(error.kind).toBe("unreadable-answer");
  expect(error.message).toContain("text that is not Unicode");
});

test("characters beyond the first plane, escaped or not, are whole", async () => {
  const member = { auth_id: "1", name: "\u{1f600}", other: "\\ud800" };
  const body = JSON.stringify({ members: { 1: member } }).replace("\u{1f600}", "\\ud83d\\ude00");
  const cluster = await givenAnswering((_request, response) => response.end(body));

  const [found] = await cluster.roleMembers.list("r");

  expect(found?.name).toBe("\u{1f600}");
});

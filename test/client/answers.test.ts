import { expect, test } from "@jest/globals";
import type { Cluster } from "../../src/client/cluster.ts";
import { givenAnswering } from "../support/simulator/given-answering.ts";
import { failureOf } from "../support/simulator/given-client.ts";

/** A party that answers each path with one prepared body: for answers that the simulator never gives. */
async function givenAnswers(
  answers: Readonly<Record<string, unknown>>,
): Promise<{ readonly cluster: Cluster; readonly asked: string[] }> {
  const asked: string[] = [];
  const cluster = await givenAnswering((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const answer = answers[path];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  });
  return { cluster, asked };
}

const tokens = "/v1/auth/access-tokens/";
const user = { auth_id: "1004" };

function token(id: string): object {
  return { id, user, creation_time: "2026-03-02T08:15:42.108774531Z" };
}

test("answers of old clusters leave out what they do not have", async () => {
  const { cluster } = await givenAnswers({ [`${tokens}7`]: token("7") });

  const found = await cluster.accessTokens.find("7");

  expect(found).toEqual({
    id: "7",
    user: { domain: undefined, authId: "1004", uid: undefined, gid: undefined, sid: undefined, name: undefined },
    creator: undefined,
    creationTime: "2026-03-02T08:15:42.108774531Z",
    expirationTime: undefined,
    enabled: true,
  });
});

test("null says the same as nothing, and unknown fields are passed over", async () => {
  const answer = {
    ...token("7"),
    creator: null,
    expiration_time: null,
    enabled: null,
    user: { ...user, domain: "BRAND_NEW", uid: null, name: null },
    new_field: [1],
  };
  const { cluster } = await givenAnswers({ [`${tokens}7`]: answer });

  const found = await cluster.accessTokens.find("7");

  expect(found).toMatchObject({ creator: undefined, expirationTime: undefined, enabled: true });
  expect(found?.user).toMatchObject({ domain: undefined, name: undefined });
});

test("ids beyond the numbers of JavaScript stay as they are", async () => {
  const id = "18525943701668293205784";
  const { cluster } = await givenAnswers({
    [`${tokens}${id}`]: { ...token(id), user: { auth_id: "18446744069414584320" } },
  });

  expect(await cluster.accessTokens.find(id)).toMatchObject({ id, user: { authId: "18446744069414584320" } });
});

test("pages are asked for as the cluster names them, and sorted by id", async () => {
  const next = `${tokens}?after=9&limit=1&odd=%2F`;
  const { cluster, asked } = await givenAnswers({
    [`${tokens}?user=auth_id:1004`]: { entries: [token("10")], paging: { next } },
    [next]: { entries: [token("9")], paging: { next: "" } },
  });

  const list = await cluster.accessTokens.listOf("1004");

  expect(list.map(({ id }) => id)).toEqual(["9", "10"]);
  expect(asked).toEqual([`${tokens}?user=auth_id:1004`, next]);
});

test.each([
  { entries: [] },
  { entries: [], paging: null },
  { entries: [], paging: { next: null } },
  { entries: [], paging: {} },
])("a list ends with %j", async (page) => {
  const { cluster } = await givenAnswers({ [`${tokens}?user=auth_id:1004`]: page });

  expect(await cluster.accessTokens.listOf("1004")).toEqual([]);
});

test.each([`${tokens}?user=auth_id:1004`, "https://elsewhere.example.com/v1/auth/access-tokens/"])(
  "a next page %s that leads nowhere new is refused",
  async (next) => {
    const { cluster } = await givenAnswers({ [`${tokens}?user=auth_id:1004`]: { entries: [], paging: { next } } });

    expect((await failureOf(cluster.accessTokens.listOf("1004"))).kind).toBe("unreadable-answer");
  },
);

test.each([["users"], ["entries"]])("a list of users that an old cluster wraps in %s is read", async (wrapper) => {
  const { cluster } = await givenAnswers({ "/v1/users/": { [wrapper]: [{ id: "1004", name: "svc" }] } });

  expect(await cluster.localUsers.findByName("svc")).toMatchObject({ id: "1004", canChangePassword: true });
});

test.each(["", "<html>", "[]", '{"id":7,"user":{"auth_id":"1"},"creation_time":""}'])(
  "the answer %j is not readable, and its content is not repeated",
  async (body) => {
    const { cluster } = await givenAnswers({ [`${tokens}7`]: body });

    const error = await failureOf(cluster.accessTokens.find("7"));

    expect(error).toMatchObject({ kind: "unreadable-answer", status: 200 });
    expect(error.message).not.toContain("html");
  },
);

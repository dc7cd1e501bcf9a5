import type { ServerResponse } from "node:http";
import { expect, test } from "@jest/globals";
import type { Cluster } from "../../src/client/cluster.ts";
import { Secret } from "../../src/vocabulary/secret.ts";
import { givenAnswering } from "../support/simulator/given-answering.ts";
import { failureOf } from "../support/simulator/given-client.ts";

/** Answers 200, and goes on for as long as anybody reads; tells how many bytes were taken. */
function streamForEver(response: ServerResponse, taken: { bytes: number }): void {
  const chunk = Buffer.alloc(2 ** 16, " ");
  const write = (): void => {
    let isRoom = true;
    while (isRoom && !response.destroyed) {
      isRoom = response.write(chunk);
      taken.bytes += chunk.length;
    }
  };
  response.on("drain", write);
  write();
}

const mebibyte = 2 ** 20;

test.each<[string, (cluster: Cluster) => Promise<unknown>]>([
  ["the version", async (cluster) => cluster.coreVersion()],
  ["a login", async (cluster) => cluster.sessions.whoAmI()],
])("an endless answer to %s is given up after a mebibyte, before anybody has logged in", async (_, ask) => {
  const taken = { bytes: 0 };
  const credentials = { kind: "login", username: "admin", password: new Secret("any") } as const;
  const cluster = await givenAnswering(
    (_request, response) => {
      streamForEver(response, taken);
    },
    { credentials },
  );

  const error = await failureOf(ask(cluster));

  expect(error).toMatchObject({ kind: "unreadable-answer" });
  expect(error.message).toContain("more than 1048576 bytes");
  // What is on its way when it is given up is not read.
  expect(taken.bytes).toBeLessThan(16 * mebibyte);
});

test("an endless list is given up after 128 mebibytes, and a creation with such an answer has an unknown outcome", async () => {
  const taken = { bytes: 0 };
  const cluster = await givenAnswering((_request, response) => {
    streamForEver(response, taken);
  });

  const listing = await failureOf(cluster.localUsers.list());
  const creating = await failureOf(cluster.accessTokens.create({ user: { authId: "1004" } }));

  expect(listing).toMatchObject({ kind: "unreadable-answer", message: expect.stringContaining("134217728 bytes") });
  expect(creating.kind).toBe("outcome-unknown");
  expect(taken.bytes).toBeLessThan(2 * 128 * mebibyte + 32 * mebibyte);
}, 60_000);

test.each(["auth", "tokens", "limit", "after", "1000", "/v1/auth/access-tokens/"])(
  "a list is read to its end, also where the secret %s is a word of its path",
  async (secret) => {
    const cluster = await givenAnswering(
      (request, response) => {
        const isFirst = !(request.url ?? "").includes("after");
        const next = isFirst ? "/v1/auth/access-tokens/?limit=1000&after=77" : "";
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ entries: [], paging: { next } }));
      },
      { credentials: { kind: "bearer-token", bearerToken: new Secret(secret) } },
    );

    expect(await cluster.accessTokens.list()).toEqual([]);
  },
);

test("a list of 200,000 on one page is read", async () => {
  const members = Object.fromEntries(
    Array.from({ length: 200_000 }, (_entry, index) => [String(index), { auth_id: String(index) }]),
  );
  const body = JSON.stringify({ members, paging: { next: null } });
  const cluster = await givenAnswering((_request, response) => response.end(body));

  const listed = await cluster.roleMembers.list("large");

  expect(listed).toHaveLength(200_000);
  expect(listed.at(-1)?.authId).toBe("199999");
});

test.each([
  [{}, "11 pages were empty"],
  [{ "1": { auth_id: "1" } }, "more than 5000 pages"],
])(
  "pages that never end are given up (%j)",
  async (members, why) => {
    let asked = 0;
    const cluster = await givenAnswering((_request, response) => {
      asked += 1;
      response.end(JSON.stringify({ members, paging: { next: `/v1/auth/roles/endless/members?after=${asked}` } }));
    });

    const error = await failureOf(cluster.roleMembers.list("endless"));

    expect(error.kind).toBe("unreadable-answer");
    expect(error.message).toContain(why);
    expect(asked).toBeLessThanOrEqual(5_000);
  },
  60_000,
);

test.each(["/v1/users/\n", "/v1/users/ü", "/v1/ users", "//elsewhere/v1/", "http://elsewhere/v1/", ""])(
  "a next page at %j is not asked for",
  async (next) => {
    const asked: string[] = [];
    const cluster = await givenAnswering((request, response) => {
      asked.push(request.url ?? "");
      response.end(JSON.stringify({ members: {}, paging: { next } }));
    });

    const list = cluster.roleMembers.list("odd");

    // Nothing is the end.
    if (next === "") await expect(list).resolves.toEqual([]);
    else expect((await failureOf(list)).kind).toBe("unreadable-answer");
    expect(asked).toHaveLength(1);
  },
);

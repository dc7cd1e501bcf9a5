import type { Bench } from "../asking/bench.ts";
import { entriesOf, fieldOf, isAscending, outcome, refusal, textIn, whole } from "../asking/observe.ts";
import { changing, type Probe, reading } from "../probe.ts";

const tokensPath = "/v1/auth/access-tokens/";

function listOf(userId: string): string {
  return `${tokensPath}?user=auth_id:${userId}`;
}

async function idOfCaller(bench: Bench): Promise<string> {
  return textIn(await bench.caller.get("/v1/session/who-am-i"), "id");
}

/** Access tokens: how they are made, listed, changed and deleted. */
export const accessTokenProbes: readonly Probe[] = [
  changing({
    id: "token-made",
    asks: "the answer when an access token is made, read and listed",
    source: "OpenAPI 7.8.2; Qumulo docs, access tokens guide",
    async ask(bench) {
      const user = await bench.user();
      const made = await bench.caller.post(tokensPath, { user: { domain: "LOCAL", auth_id: user.id } });
      const read = await bench.caller.get(`${tokensPath}${textIn(made, "id")}`);
      const { creator, ...rest } = { creator: undefined, ...Object.fromEntries(entriesOfObject(read.body)) };
      const list = await bench.caller.get(listOf(user.id));
      return {
        made: whole(made),
        read: { outcome: outcome(read), "has an ETag": read.etag !== undefined, body: rest },
        "created by the caller": fieldOf(creator, "auth_id") === (await idOfCaller(bench)),
        listed: entriesOf(fieldOf(list.body, "entries")).map((entry) => fieldOf(entry, "id")),
        paging: fieldOf(list.body, "paging"),
      };
    },
  }),
  changing({
    id: "token-id",
    asks: "whose id the id of an access token begins with, and what the bearer token holds",
    source: "inferred from samples in Qumulo's access tokens guide",
    question: "token-id",
    async ask(bench) {
      const user = await bench.user();
      const made = await bench.caller.post(tokensPath, { user: { domain: "LOCAL", auth_id: user.id } });
      const id = textIn(made, "id");
      const upper = /^\d+$/.test(id) ? String(BigInt(id) >> 64n) : "";
      const bytes = Buffer.from(textIn(made, "bearer_token").replace(/^[^:]*:/, ""), "base64");
      const held = bytes.length === 64 ? String((bytes.readBigUInt64LE(36) << 64n) + bytes.readBigUInt64LE(44)) : "";
      return {
        "the id of its user": upper === user.id,
        "the id of its creator": upper === (await idOfCaller(bench)),
        "the bearer token has 64 bytes": bytes.length === 64,
        "the bearer token holds the id": held === id,
      };
    },
  }),
  changing({
    id: "third-token",
    asks: "how a third access token of a user is refused, and where the refusal has its name",
    source: "refusal: Qumulo docs, access tokens guide; the rest is claimed by dmotles/qontrol",
    question: "third-token",
    async ask(bench) {
      const user = await bench.user();
      await bench.token(user);
      await bench.token(user);
      const third = await bench.caller.post(tokensPath, { user: { domain: "LOCAL", auth_id: user.id } });
      const name = "too_many_access_tokens_error";
      const description = fieldOf(third.body, "description");
      return {
        refusal: refusal(third),
        "the class is its name": fieldOf(third.body, "error_class") === name,
        "the description has it": typeof description === "string" && description.includes(name),
      };
    },
  }),
  changing({
    id: "unusable-tokens-count",
    asks: "whether disabled and expired access tokens count toward two",
    source: "assumed",
    question: "unusable-tokens-count",
    async ask(bench) {
      const user = await bench.user();
      const [disabled, expired] = [await bench.token(user), await bench.token(user)];
      await bench.caller.patch(disabled.path, { enabled: false });
      await bench.caller.patch(expired.path, { expiration_time: bench.time(-3_600) });
      const third = await bench.caller.post(tokensPath, { user: { domain: "LOCAL", auth_id: user.id } });
      const list = await bench.caller.get(listOf(user.id));
      return { third: outcome(third), listed: entriesOf(fieldOf(list.body, "entries")).length === 2 };
    },
  }),
  changing({
    id: "tokens-at-once",
    asks: "whether the limit holds when access tokens are made at the same time",
    source: "assumed",
    question: "tokens-at-once",
    async ask(bench) {
      const { id } = await bench.user();
      const make = async () => bench.caller.post(tokensPath, { user: { domain: "LOCAL", auth_id: id } });
      const answers = await Promise.all(Array.from({ length: 5 }, make));
      const list = await bench.caller.get(listOf(id));
      const { length } = entriesOf(fieldOf(list.body, "entries"));
      return { answers: answers.map(outcome).sort(), "two are there": length === 2 };
    },
  }),
  changing({
    id: "token-owners",
    asks: "how the user of an access token may be named, and who may not have one",
    source: "refusals: Qumulo docs, access tokens guide; that names alone are looked up is assumed",
    question: "token-owner-by-name",
    async ask(bench) {
      const [group, gone] = [await bench.group(), await bench.user()];
      await bench.caller.delete(`/v1/users/${gone.id}`);
      const make = async (user: unknown) => outcome(await bench.caller.post(tokensPath, { user }));
      const [one, other] = [await bench.user(), await bench.user()];
      const sid = textIn(await bench.caller.get(`/v1/users/${other.id}`), "sid");
      return {
        "a name alone": await make({ name: one.name }),
        "an auth_id alone": await make({ auth_id: one.id }),
        "a sid alone": await make({ sid }),
        "a name that nobody has": await make({ name: bench.newName() }),
        "fields that contradict each other": await make({ auth_id: other.id, name: one.name }),
        "a group": await make({ domain: "LOCAL", auth_id: group.id }),
        "a user who is gone": await make({ domain: "LOCAL", auth_id: gone.id }),
        nobody: await make({}),
        "no user": await make(undefined),
      };
    },
  }),
  changing({
    id: "deleted-token",
    asks: "how an access token is deleted",
    source: "OpenAPI 7.8.2; refusals are inferred",
    async ask(bench) {
      const { path, bearer } = await bench.token(await bench.user());
      return {
        deleted: whole(await bench.caller.delete(path)),
        again: outcome(await bench.caller.delete(path)),
        read: outcome(await bench.caller.get(path)),
        changed: outcome(await bench.caller.patch(path, {})),
        "signs in": outcome(await bearer.get("/v1/session/who-am-i")),
      };
    },
  }),
  changing({
    id: "tokens-by-user",
    asks: "how access tokens of a user are looked for",
    source: "OpenAPI 7.8.2; refusals, and that a bare number is a name, are assumed",
    question: "bare-number-as-user",
    async ask(bench) {
      const user = await bench.user();
      await bench.token(user);
      const list = async (text: string) => {
        const answer = await bench.caller.get(`${tokensPath}?user=${encodeURIComponent(text)}`);
        const { length } = entriesOf(fieldOf(answer.body, "entries"));
        return { outcome: outcome(answer), "one is found": length === 1 };
      };
      return {
        "by auth_id": await list(`auth_id:${user.id}`),
        "by name": await list(user.name),
        "by local name": await list(`local:${user.name}`),
        "by a bare number": await list(user.id),
        "by an unknown name": await list(bench.newName()),
        "by an unknown prefix": await list(`nothing:${user.name}`),
        "by an empty text": await list(""),
      };
    },
  }),
  reading({
    id: "user-with-paging",
    asks: "whether a list of one user's access tokens can be paged",
    source: "assumed; the same is refused for S3 keys on 7.9.2.2",
    question: "user-with-paging",
    async ask({ caller }) {
      return {
        "with a limit": outcome(await caller.get(`${tokensPath}?user=auth_id:500&limit=1`)),
        "with a key": outcome(await caller.get(`${tokensPath}?user=auth_id:500&after=0`)),
      };
    },
  }),
  changing({
    id: "pages-of-tokens",
    asks: "how all access tokens are listed page by page, and in which order",
    source: "OpenAPI 7.8.2; order and refusals are assumed",
    question: "order-of-lists",
    async ask(bench) {
      const user = await bench.user();
      await bench.token(user);
      await bench.token(user);
      const own = await bench.caller.get(listOf(user.id));
      const first = await bench.caller.get(`${tokensPath}?limit=1`);
      const next = fieldOf(fieldOf(first.body, "paging"), "next");
      const second = await bench.caller.get(typeof next === "string" && next !== "" ? next : tokensPath);
      const ids = [...entriesOf(fieldOf(first.body, "entries")), ...entriesOf(fieldOf(second.body, "entries"))];
      return {
        "one user's by id": isAscending(entriesOf(fieldOf(own.body, "entries")).map((entry) => fieldOf(entry, "id"))),
        "one on a page": entriesOf(fieldOf(first.body, "entries")).length === 1,
        "next is a path": next,
        "one on the second page": entriesOf(fieldOf(second.body, "entries")).length === 1,
        "pages by id": isAscending(ids.map((entry) => fieldOf(entry, "id"))),
        "a limit of none": outcome(await bench.caller.get(`${tokensPath}?limit=0`)),
        "a key that is not one": outcome(await bench.caller.get(`${tokensPath}?after=nowhere`)),
      };
    },
  }),
];

function entriesOfObject(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

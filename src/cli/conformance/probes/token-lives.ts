import type { Bench, OwnToken } from "../asking/bench.ts";
import { entriesOf, fieldOf, outcome, textIn, whole } from "../asking/observe.ts";
import { changing, type Probe } from "../probe.ts";

const tokensPath = "/v1/auth/access-tokens/";
const hour = 3_600;

/** Whether an access token signs its user in. */
async function signIn({ bearer }: OwnToken): Promise<string> {
  return outcome(await bearer.get("/v1/session/who-am-i"));
}

/** How making access tokens with each of these expirations ends, and what is told of them. */
async function makingWith(bench: Bench, times: Readonly<Record<string, unknown>>) {
  const seen: Record<string, unknown> = {};
  for (const [what, time] of Object.entries(times)) {
    const user = await bench.user();
    const body = { user: { domain: "LOCAL", auth_id: user.id }, expiration_time: time };
    const made = await bench.caller.post(tokensPath, body);
    const list = await bench.caller.get(`${tokensPath}?user=auth_id:${user.id}`);
    const [entry] = entriesOf(fieldOf(list.body, "entries"));
    seen[what] = { outcome: outcome(made), expiration_time: fieldOf(entry, "expiration_time") };
  }
  return seen;
}

/** Access tokens: when they work, and whose they are. */
export const tokenLifeProbes: readonly Probe[] = [
  changing({
    id: "expiration-texts",
    asks: "which texts are an expiration, and how it is told",
    source: "Qumulo SDK 7.10.2.1; refusals are assumed",
    question: "times-without-offset",
    async ask(bench) {
      const time = bench.time(30 * 24 * hour);
      return makingWith(bench, {
        "in UTC": time,
        "with an offset": time.replace("Z", "+00:00"),
        "with another offset": time.replace("Z", "+02:00"),
        "with a fraction": time.replace("Z", ".5Z"),
        "without an offset": time.replace("Z", ""),
        "a date alone": time.slice(0, 10),
        "no time at all": "soon",
        empty: "",
        null: null,
        "a number": 1,
      });
    },
  }),
  changing({
    id: "expiration-kept",
    asks: "whether an expiration is the instant that was asked for",
    source: "Qumulo docs, access tokens guide",
    async ask(bench) {
      const user = await bench.user();
      const time = bench.time(30 * 24 * hour);
      await bench.token(user, { expiration_time: time.replace("Z", "+00:00") });
      const list = await bench.caller.get(`${tokensPath}?user=auth_id:${user.id}`);
      const told = fieldOf(entriesOf(fieldOf(list.body, "entries"))[0], "expiration_time");
      return typeof told === "string"
        ? { "the same instant": Date.parse(told) === Date.parse(time) }
        : { "an expiration is told": false };
    },
  }),
  changing({
    id: "expiration-in-the-past",
    asks: "whether an access token can be made that has ended already",
    source: "assumed",
    question: "expiration-in-the-past",
    async ask(bench) {
      const user = { domain: "LOCAL", auth_id: (await bench.user()).id };
      const made = await bench.caller.post(tokensPath, { user, expiration_time: bench.time(-hour) });
      const bearerToken = fieldOf(made.body, "bearer_token");
      if (typeof bearerToken !== "string") return { made: outcome(made) };
      return {
        made: outcome(made),
        "signs in": outcome(await bench.as(bearerToken).get("/v1/session/who-am-i")),
      };
    },
  }),
  changing({
    id: "token-changed",
    asks: "what of an access token can be changed",
    source: "OpenAPI 7.8.2; Qumulo docs, access tokens guide",
    async ask(bench) {
      const [token, other] = [await bench.token(await bench.user()), await bench.user()];
      const patch = async (body: unknown) => {
        const answer = await bench.caller.patch(token.path, body);
        const { body: told } = answer;
        return {
          outcome: outcome(answer),
          "has an ETag": answer.etag !== undefined,
          user: fieldOf(told, "user"),
          expiration_time: fieldOf(told, "expiration_time"),
          enabled: fieldOf(told, "enabled"),
        };
      };
      return {
        nothing: await patch({}),
        expiration: await patch({ expiration_time: bench.time(24 * hour) }),
        enabled: await patch({ enabled: false }),
        "its user": await patch({ user: { auth_id: other.id } }),
        "enabled with a text": await patch({ enabled: "no" }),
      };
    },
  }),
  changing({
    id: "expiration-cleared",
    asks: "whether an access token can lose its expiration again",
    source: "assumed; no client can",
    question: "expiration-cleared",
    async ask(bench) {
      const token = await bench.token(await bench.user(), { expiration_time: bench.time(24 * hour) });
      const patch = async (time: unknown) => outcome(await bench.caller.patch(token.path, { expiration_time: time }));
      return {
        null: await patch(null),
        "an empty text": await patch(""),
        "no offset": await patch("2040-01-01T00:00:00"),
      };
    },
  }),
  changing({
    id: "disabled-and-expired",
    asks: "when an access token works",
    source: "Qumulo docs, access tokens guide; that it is at once is assumed",
    question: "disabled-users",
    async ask(bench) {
      const token = await bench.token(await bench.user());
      const seen: Record<string, string> = { new: await signIn(token) };
      const changes: Readonly<Record<string, unknown>> = {
        disabled: { enabled: false },
        "enabled again": { enabled: true },
        ended: { expiration_time: bench.time(-hour) },
        "prolonged again": { expiration_time: bench.time(hour) },
      };
      for (const [what, change] of Object.entries(changes)) {
        await bench.caller.patch(token.path, change);
        seen[what] = await signIn(token);
      }
      return seen;
    },
  }),
  changing({
    id: "tokens-of-a-deleted-user",
    asks: "what becomes of access tokens and sessions when their user is deleted",
    source: "assumed; S3 keys of a deleted user stay listed on 7.9.2.2",
    question: "deleted-users",
    async ask(bench) {
      const user = await bench.user();
      const [token, session] = [await bench.token(user), await bench.signIn(user)];
      await bench.caller.delete(`/v1/users/${user.id}`);
      const read = await bench.caller.get(token.path);
      return {
        "signs in": await signIn(token),
        "the session": outcome(await session.get("/v1/session/who-am-i")),
        read: outcome(read),
        user: fieldOf(read.body, "user"),
        deleted: outcome(await bench.caller.delete(token.path)),
      };
    },
  }),
  changing({
    id: "name-of-a-deleted-user",
    asks: "whom a name means when its user was deleted and made again",
    source: "assumed; cosi-driver-qumulo was refused on 7.9.2.2",
    question: "deleted-users",
    async ask(bench) {
      const user = await bench.user();
      await bench.caller.delete(`/v1/users/${user.id}`);
      const find = async () => bench.caller.post("/v1/auth/identity/find", { domain: "LOCAL", name: user.name });
      const gone = await find();
      const again = await bench.caller.post("/v1/users/", {
        name: user.name,
        primary_group: "513",
        uid: "",
        home_directory: null,
        password: user.password,
      });
      return { gone: outcome(gone), "made again": outcome(again), found: whole(await find()) };
    },
  }),
  changing({
    id: "own-tokens",
    asks: "what users without privileges may do with their own access tokens, and with those of others",
    source: "OpenAPI 7.8.2; Qumulo docs, access tokens guide; an unfiltered list is assumed",
    question: "lists-without-privilege",
    async ask(bench) {
      const [holder, other] = [await bench.holder(), await bench.user()];
      const foreign = await bench.token(other);
      const own = { user: { domain: "LOCAL", auth_id: holder.user.id } };
      const made = await holder.post(tokensPath, own);
      const id = fieldOf(made.body, "id");
      const ownPath = typeof id === "string" ? `${tokensPath}${id}` : foreign.path;
      return {
        "made, own": outcome(made),
        "listed, own": outcome(await holder.get(`${tokensPath}?user=auth_id:${holder.user.id}`)),
        "listed, all": outcome(await holder.get(tokensPath)),
        "changed, own": outcome(await holder.patch(ownPath, {})),
        "made, another's": outcome(await holder.post(tokensPath, { user: { domain: "LOCAL", auth_id: other.id } })),
        "listed, another's": outcome(await holder.get(`${tokensPath}?user=auth_id:${other.id}`)),
        "read, another's": outcome(await holder.get(foreign.path)),
        "changed, another's": outcome(await holder.patch(foreign.path, {})),
        "deleted, another's": outcome(await holder.delete(foreign.path)),
        "deleted, own": outcome(await holder.delete(ownPath)),
      };
    },
  }),
  changing({
    id: "token-makes-token",
    asks: "whether an access token can make access tokens with its user's privileges",
    source: "assumed",
    question: "token-makes-token",
    async ask(bench) {
      const holder = await bench.holder("PRIVILEGE_ACCESS_TOKENS_WRITE");
      const { bearer } = await bench.token(holder.user);
      const other = await bench.user();
      const made = await bearer.post(tokensPath, { user: { domain: "LOCAL", auth_id: other.id } });
      const asked = made.status === 200 ? await bench.caller.get(`${tokensPath}${textIn(made, "id")}`) : undefined;
      return { made: outcome(made), creator: fieldOf(asked?.body, "creator") };
    },
  }),
];

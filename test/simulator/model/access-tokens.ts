import fc from "fast-check";
import { type Exchange, InAnyOrder, refusesFor, succeeds } from "./exchange.ts";
import { anyNamed, exists, identityBody, meaning, type Named } from "./identities.ts";
import { anyBy, anyIndex, operation, type Operation } from "./operation.ts";
import { asking, type By, type ModelCaller, pick, type Token, type World } from "./world.ts";

const path = "/v1/auth/access-tokens/";
const read = "PRIVILEGE_ACCESS_TOKENS_READ";
const write = "PRIVILEGE_ACCESS_TOKENS_WRITE";
const hour = 3_600_000;

/** When a token shall expire: so many milliseconds from now, or in words that no cluster understands. */
type Expiration = number | "without zone" | "null";

interface NewToken {
  readonly by: By;
  readonly of: Named | "self";
  readonly expires: Exclude<Expiration, "null"> | undefined;
}

interface ChangedToken {
  readonly by: By;
  readonly token: number;
  readonly expires: Expiration | undefined;
  readonly enabled: boolean | undefined;
}

/** A time as the cluster writes it: without zeros at the end of the fraction. */
function rendered(time: number): string {
  return new Date(time).toISOString().replace(/\.?0*Z$/, "Z");
}

function expirationField(world: World, asked: Expiration | undefined): string | null | undefined {
  if (asked === undefined) return undefined;
  if (asked === "null") return null;
  if (asked === "without zone") return "2030-01-31T12:00:00";
  // Two hours east of Greenwich clocks show two hours more.
  const [utc, eastern] = [world.now + asked, world.now + asked + 2 * hour].map((time) => new Date(time).toISOString());
  return asked % 2 === 0 ? utc : eastern?.replace("Z", "+02:00");
}

function isMalformed(asked: Expiration | undefined): boolean {
  return asked === "null" || asked === "without zone";
}

function expiryOf(world: World, asked: Expiration | undefined): number | undefined {
  return typeof asked === "number" ? world.now + asked : undefined;
}

function tokenBody(world: World, token: Token): object {
  return {
    id: token.id,
    user: identityBody(world, token.user),
    creator: identityBody(world, token.creator),
    creation_time: rendered(token.createdAt),
    expiration_time: token.expiresAt === undefined ? null : rendered(token.expiresAt),
    enabled: token.isEnabled,
  };
}

function tokensOf(world: World, user: string): readonly Token[] {
  return [...world.tokens.values()].filter((token) => token.user === user);
}

/** One's own need no privilege. */
function isForbidden(caller: ModelCaller, user: string | undefined, privilege: string): boolean {
  return user !== caller.user && !caller.privileges.includes(privilege);
}

/** Creates an access token. */
export const createToken = operation("createToken", (world, asked: NewToken): Exchange => {
  const bearer = world.bearerOf(asked.by);
  const self = bearer === undefined ? undefined : world.callerWith(bearer)?.user;
  const { body: user, id } =
    asked.of === "self" ? { body: { auth_id: self ?? "500" }, id: self } : meaning(world, asked.of);
  const body = { user, expiration_time: expirationField(world, asked.expires) };
  return asking(world, { method: "POST", path, body, by: asked.by, needs: [] }, (caller) => {
    const isUser = id !== undefined && world.user(id) !== undefined;
    const refusal = refusesFor({
      undecodable: isMalformed(asked.expires),
      notAuthorized: isForbidden(caller, id, write),
      unresolved: id === undefined || !exists(world, id),
      noTokenOwner: id !== undefined && exists(world, id) && !isUser,
      tooManyTokens: isUser && tokensOf(world, id).length >= 2,
    });
    if (refusal !== undefined || id === undefined) return refusal ?? succeeds();
    const token = {
      id: world.newHandle("token"),
      bearer: world.newHandle("bearer"),
      user: id,
      creator: caller.user,
      createdAt: world.now,
      expiresAt: expiryOf(world, asked.expires),
      isEnabled: true,
    };
    world.tokens.set(token.id, token);
    return succeeds({ id: token.id, bearer_token: token.bearer });
  });
});

/** Changes, reads or deletes one access token, or says how it must be refused. */
function onOneToken(
  world: World,
  asked: {
    readonly request: { readonly by: By; readonly method: string; readonly body?: unknown };
    readonly token: number;
    readonly isMalformed?: boolean;
  },
  act: (token: Token) => unknown,
): Exchange {
  const id = world.tokenIds.length === 0 ? "999" : pick(world.tokenIds, asked.token);
  const privilege = asked.request.method === "GET" ? read : write;
  return asking(world, { ...asked.request, path: `${path}${id}`, needs: [] }, (caller) => {
    const token = world.tokens.get(id);
    const refusal = refusesFor({
      undecodable: asked.isMalformed === true,
      notFound: token === undefined,
      notAuthorized: token !== undefined && isForbidden(caller, token.user, privilege),
    });
    if (refusal !== undefined || token === undefined) return refusal ?? succeeds();
    return succeeds(act(token));
  });
}

/** Changes an access token: disables, enables, revives, ends it. */
export const changeToken = operation("changeToken", (world, asked: ChangedToken): Exchange => {
  const { by, token, expires, enabled } = asked;
  const body = { expiration_time: expirationField(world, expires), enabled };
  const request = { by, method: "PATCH", body };
  return onOneToken(world, { request, token, isMalformed: isMalformed(expires) }, (before) => {
    const after = {
      ...before,
      expiresAt: expiryOf(world, expires) ?? before.expiresAt,
      isEnabled: enabled ?? before.isEnabled,
    };
    world.tokens.set(after.id, after);
    return tokenBody(world, after);
  });
});

/** Reads an access token. */
export const getToken = operation("getToken", (world, { by, token }: { by: By; token: number }): Exchange =>
  onOneToken(world, { request: { by, method: "GET" }, token }, (found) => tokenBody(world, found)),
);

/** Deletes an access token. */
export const deleteToken = operation("deleteToken", (world, { by, token }: { by: By; token: number }): Exchange =>
  onOneToken(world, { request: { by, method: "DELETE" }, token }, ({ id }) => {
    world.tokens.delete(id);
  }),
);

/** Lists the access tokens of everyone, or of one user. */
export const listTokens = operation("listTokens", (world, asked: { by: By; of: Named | undefined }): Exchange => {
  const meant = asked.of === undefined ? undefined : meaning(world, asked.of);
  const query = meant === undefined ? "" : `?user=${encodeURIComponent(meant.text)}`;
  return asking(world, { method: "GET", path: path + query, by: asked.by, needs: [] }, (caller) => {
    const refusal = refusesFor({
      notAuthorized: isForbidden(caller, meant?.id, read),
      unresolved: meant !== undefined && meant.id === undefined,
    });
    if (refusal !== undefined) return refusal;
    const tokens = meant?.id === undefined ? [...world.tokens.values()] : tokensOf(world, meant.id);
    return succeeds({ entries: new InAnyOrder(tokens.map((token) => tokenBody(world, token))), paging: { next: "" } });
  });
});

const anyTimes = fc.constantFrom(-hour, -1, 0, 1, 2, hour, 24 * hour);

/** Any step about access tokens. */
export const anyTokenOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    arbitrary: fc
      .record({
        by: anyBy,
        of: fc.oneof(fc.constant("self" as const), anyNamed, anyNamed),
        expires: fc.oneof(
          { arbitrary: fc.constant(undefined), weight: 6 },
          { arbitrary: anyTimes, weight: 8 },
          { arbitrary: fc.constant("without zone" as const), weight: 1 },
        ),
      })
      .map(createToken),
    weight: 6,
  },
  {
    arbitrary: fc
      .record({
        by: anyBy,
        token: anyIndex,
        expires: fc.oneof(
          { arbitrary: fc.constant(undefined), weight: 6 },
          { arbitrary: anyTimes, weight: 8 },
          { arbitrary: fc.constantFrom("null", "without zone" as const), weight: 1 },
        ),
        enabled: fc.constantFrom(undefined, true, true, false),
      })
      .map(changeToken),
    weight: 4,
  },
  { arbitrary: fc.record({ by: anyBy, token: anyIndex }).map(getToken), weight: 1 },
  { arbitrary: fc.record({ by: anyBy, token: anyIndex }).map(deleteToken), weight: 2 },
  { arbitrary: fc.record({ by: anyBy, of: fc.option(anyNamed, { nil: undefined }) }).map(listTokens), weight: 2 },
);

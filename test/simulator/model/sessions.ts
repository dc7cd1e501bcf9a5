import fc from "fast-check";
import { type Exchange, InAnyOrder, refuses, refusesFor, succeeds } from "./exchange.ts";
import { anyBy, anyIndex, anyPassword, isWeak, operation, type Operation } from "./operation.ts";
import { pickUser, userBody } from "./users.ts";
import { asking, type By, pick, type World } from "./world.ts";

const sessionMs = 10 * 3_600_000;
const guest = "501";

/** Signs in under the name of a user, deleted or not. */
export const login = operation(
  "login",
  (world, asked: { user: number; password: "right" | "wrong"; inCapitals: boolean }): Exchange => {
    const { name, password } = pickUser(world, asked.user);
    const body = {
      username: asked.inCapitals ? name.toUpperCase() : name,
      password: asked.password === "right" ? (password ?? "") : "Wrong-Passw0rd",
    };
    return signIn(world, body);
  },
);

/** Gives the model's administrator a session that has just begun. */
export const loginAsAdmin = operation("loginAsAdmin", (world): Exchange => {
  const exchange = signIn(world, { username: "admin", password: world.user("500")?.password ?? "" });
  world.adminBearer = world.bearers.at(-1) ?? "";
  return exchange;
});

function signIn(world: World, body: { readonly username: string; readonly password: string }): Exchange {
  const request = { method: "POST", path: "/v1/session/login", body };
  const user = world.user(world.holderOf(body.username) ?? "");
  if (user === undefined || user.id === guest || user.password !== body.password) {
    return { request, expected: refuses("invalidCredentials") };
  }
  const bearer = world.newHandle("bearer");
  world.sessions.set(bearer, { ...world.rightsOf(user.id), user: user.id, expiresAt: world.now + sessionMs });
  return { request, expected: succeeds({ bearer_token: bearer }) };
}

/** Asks who one is. */
export const whoAmI = operation("whoAmI", (world, { by }: { by: By }): Exchange => askWho(world, by));

function askWho(world: World, by: By): Exchange {
  const request = { method: "GET", path: "/v1/session/who-am-i", by, needs: [] };
  return asking(world, request, ({ user: id, privileges, tokenId }) => {
    const user = world.user(id);
    const token = tokenId === undefined ? {} : { access_token_id: tokenId };
    return succeeds({ ...(user === undefined ? {} : userBody(user)), privileges, ...token });
  });
}

/** Asks for one's roles. */
export const ownRoles = operation("ownRoles", (world, { by }: { by: By }): Exchange =>
  asking(world, { method: "GET", path: "/v1/session/roles", by, needs: [] }, ({ roles }) =>
    succeeds(new InAnyOrder(roles)),
  ),
);

/** Gives oneself another password. */
export const changePassword = operation(
  "changePassword",
  (world, asked: { by: By; old: "right" | "wrong"; password: string }): Exchange => {
    const bearer = world.bearerOf(asked.by);
    const user = world.user((bearer === undefined ? undefined : world.callerWith(bearer)?.user) ?? "");
    const isRight = asked.old === "right" && user?.password !== undefined;
    const body = { old_password: isRight ? user.password : "Wrong-Passw0rd", new_password: asked.password };
    const request = { method: "POST", path: "/v1/session/change-password", body, by: asked.by, needs: [] };
    return asking(world, request, () => {
      const refusal = refusesFor({ invalidCredentials: !isRight, weakPassword: isWeak(asked.password) });
      if (refusal !== undefined || user === undefined) return refusal ?? succeeds();
      world.users.set(user.id, { ...user, password: asked.password });
      return succeeds();
    });
  },
);

/** Moves the clock on. */
export const wait = operation("wait", (world, { ms }: { ms: number }): undefined => {
  world.now += ms;
});

/** Moves the clock to the moment before, at or after which a bearer token expires, and asks with it who one is. */
export const outlive = operation("outlive", (world, asked: { bearer: number; plusMs: number }): Exchange => {
  const expiry = world.expiryOf(pick(world.bearers, asked.bearer)) ?? 0;
  world.now = Math.max(world.now, expiry + asked.plusMs);
  return askWho(world, asked.bearer);
});

/** Any step about sessions and the time. */
export const anySessionOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    arbitrary: fc
      .record({
        user: anyIndex,
        password: fc.constantFrom("right", "right", "right", "right", "wrong"),
        inCapitals: fc.boolean(),
      })
      .map(login),
    weight: 3,
  },
  { arbitrary: fc.record({ by: anyBy }).map(whoAmI), weight: 3 },
  { arbitrary: fc.record({ by: anyBy }).map(ownRoles), weight: 1 },
  {
    arbitrary: fc
      .record({ by: anyBy, old: fc.constantFrom("right", "right", "wrong"), password: anyPassword })
      .map(changePassword),
    weight: 1,
  },
  { arbitrary: fc.record({ ms: fc.constantFrom(1, 1_000, 3_600_000) }).map(wait), weight: 1 },
  { arbitrary: fc.record({ bearer: anyIndex, plusMs: fc.constantFrom(-1, 0, 1) }).map(outlive), weight: 3 },
);

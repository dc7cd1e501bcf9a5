import * as v from "valibot";

import type { Secret } from "../vocabulary/secret.ts";
import { maybe, maybeId } from "./answer.ts";
import { decodeLocalUser, localUserFields, type LocalUser } from "./local-users.ts";
import type { RestClient } from "./rest-client.ts";
import { isLogin, logIn } from "./login.ts";

/** The user behind the client's credentials. */
export interface CurrentUser extends LocalUser {
  /** Sorted; `undefined` on clusters that do not report them. */
  readonly privileges: readonly string[] | undefined;
  /** The access token in use; `undefined` with a login, and on clusters that do not report it. */
  readonly accessTokenId: string | undefined;
}

/** What the client knows of its own login. */
export interface Sessions {
  /** Logs in, unless that has happened already or a bearer token is used. */
  start(): Promise<void>;
  /** The user that requests are made as. */
  whoAmI(): Promise<CurrentUser>;
  /** The names of all roles of the client's own user, those through groups included, sorted. */
  listRoles(): Promise<readonly string[]>;
  /**
   * The user behind another bearer token, with the access token that it is of.
   *
   * @throws {ClusterError} with status 401 when the cluster does not accept it
   */
  whoIs(bearerToken: Secret): Promise<CurrentUser>;
  /**
   * Begins another session, in addition to that of this client; the cluster ends it after some hours, and there is no way to
   * end it before.
   *
   * @returns its bearer token
   * @throws {ClusterError} with status 401 when name or password are wrong
   */
  open(username: string, password: Secret): Promise<Secret>;
  /** Whether these are a user's name and password. Nothing but a login session comes of it. */
  isPassword(username: string, password: Secret): Promise<boolean>;
}

const whoAmIAnswer = v.pipe(
  v.object({ ...localUserFields, privileges: maybe(v.array(v.string())), access_token_id: maybeId }),
  v.transform((wire): CurrentUser => ({
    ...decodeLocalUser(wire),
    privileges: wire.privileges?.toSorted(),
    accessTokenId: wire.access_token_id,
  })),
);

/** The sessions of the cluster behind this client. */
export function sessionsOf(rest: RestClient): Sessions {
  const ask = async (as: RestClient): Promise<CurrentUser> =>
    (await as.call({ method: "GET", path: "/v1/session/who-am-i", answer: whoAmIAnswer })).value;
  return {
    async start() {
      await rest.authenticate();
    },
    whoAmI: async () => ask(rest),
    async listRoles() {
      const answer = v.array(v.string());
      return (await rest.call({ method: "GET", path: "/v1/session/roles", answer })).value.toSorted();
    },
    whoIs: async (bearerToken) => ask(rest.as(bearerToken)),
    async open(username, password) {
      return logIn(rest, username, password);
    },
    async isPassword(username, password) {
      return isLogin(rest, username, password);
    },
  };
}

import * as v from "valibot";

import { Secret } from "../vocabulary/secret.ts";
import { isAnswer } from "./cluster-error.ts";
import type { RestClient } from "./rest-client.ts";
import { loginRequest } from "./session.ts";

const loginAnswer = v.pipe(
  v.object({ bearer_token: v.pipe(v.string(), v.nonEmpty()) }),
  v.transform((wire) => new Secret(wire.bearer_token)),
);

/**
 * Logs in.
 *
 * @returns the session's bearer token
 * @throws {ClusterError} with status 401 when name or password are wrong
 */
export async function logIn(rest: RestClient, username: string, password: Secret): Promise<Secret> {
  const body = { username, password };
  const answer = await rest.call({ ...loginRequest, body, open: true, mayRepeat: true, answer: loginAnswer });
  return answer.value;
}

/** Whether these are a user's name and password. */
export async function isLogin(rest: RestClient, username: string, password: Secret): Promise<boolean> {
  try {
    await logIn(rest, username, password);
    return true;
  } catch (error) {
    if (isAnswer(error, 401)) return false;
    throw error;
  }
}

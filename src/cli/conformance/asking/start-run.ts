import { randomBytes } from "node:crypto";
import type { Credentials } from "../../../client/session.ts";
import { Secret } from "../../../vocabulary/secret.ts";
import type { Run } from "./bench.ts";
import type { Line } from "./line.ts";
import { NotKnown } from "./not-known.ts";
import { entriesOf, outcome, textIn } from "./observe.ts";

/**
 * Signs in on a line, and chooses how names of this run begin.
 *
 * @throws {NotKnown} when the cluster does not let the caller in
 */
export async function startRun(line: Line, credentials: Credentials, signal: AbortSignal): Promise<Run> {
  const bearerToken = await bearerTokenOf(line, credentials, signal);
  const roles = await line.send({ method: "GET", path: "/v1/session/roles", bearerToken }, signal);
  let lastNumber = 0;
  return {
    line,
    bearerToken,
    isAdministrator: entriesOf(roles.body).includes("Administrators"),
    prefix: `qconf-${randomBytes(4).toString("hex")}-`,
    signal,
    own: new Set(),
    left: [],
    nextNumber: () => (lastNumber += 1),
  };
}

async function bearerTokenOf(line: Line, credentials: Credentials, signal: AbortSignal): Promise<Secret> {
  if (credentials.kind === "bearer-token") return credentials.bearerToken;
  const { username, password } = credentials;
  const body = { username, password };
  const answer = await line.send({ method: "POST", path: "/v1/session/login", body, mayRepeat: true }, signal);
  if (answer.status !== 200) throw new NotKnown(`The login was answered with ${outcome(answer)}`);
  return new Secret(textIn(answer, "bearer_token"));
}

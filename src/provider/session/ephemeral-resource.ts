import { isAnswer } from "../../client/cluster-error.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { ConfigModel } from "../../framework/model.ts";
import type { EphemeralResource } from "../../framework/resource.ts";
import { Secret } from "../../vocabulary/secret.ts";
import type { Connection, Login } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { sessionSchema, type SessionSchema } from "./schema.ts";

type Config = ConfigModel<SessionSchema>;

/** Logs in. There is nothing to close: a session ends by itself only. */
export const sessionEphemeral: EphemeralResource<SessionSchema, Connection> = {
  name: "session",
  schema: sessionSchema,

  validate({ config: { username, password }, diagnostics }) {
    if ((username.kind === "null") === (password.kind === "null")) return;
    const missing = username.kind === "null" ? "username" : "password";
    diagnostics.error({
      summary: "Incomplete login",
      detail: `${missing} is not set. Set username and password, or neither of them to log in as the provider does.`,
      attribute: [missing],
    });
  },

  async open({ config, client, signal }) {
    const login = configuredLogin(config) ?? client.login;
    if (login === undefined) throw noLogin();
    const { sessions } = client.reads.until(signal);
    const attempt = { summary: `Logging in as ${login.username} failed`, privilege: "the right to log in" };
    const bearerToken = await withDiagnostics(attempt, async () => {
      try {
        return await sessions.open(login.username, login.password);
      } catch (error) {
        throw isAnswer(error, 401) ? wrongLogin(login, error) : error;
      }
    });
    return {
      result: {
        username: login.username,
        password: knownOrUndefined(config.password) ?? null,
        bearer_token: bearerToken.reveal(),
      },
    };
  },
};

function configuredLogin({ username, password }: Config): Login | undefined {
  const [name, text] = [knownOrUndefined(username), knownOrUndefined(password)];
  return name === undefined || text === undefined ? undefined : { username: name, password: new Secret(text) };
}

function noLogin(): DiagnosticError {
  return new DiagnosticError({
    summary: "No login to begin a session with",
    detail:
      "The provider works with a bearer token, which cannot begin a session. Set username and password here, or give the provider a username and a password.",
    attribute: ["username"],
  });
}

function wrongLogin({ username }: Login, cause: unknown): DiagnosticError {
  const detail = `The cluster does not accept the password of ${username}, or does not know the user. Check both.`;
  return new DiagnosticError({ summary: "Login was rejected", detail, attribute: ["password"] }, { cause });
}

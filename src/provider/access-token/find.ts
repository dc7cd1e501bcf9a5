import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, type removed } from "../../framework/resource.ts";
import { defaultOverlap } from "../../vocabulary/duration.ts";
import { listed } from "../../vocabulary/listed.ts";
import { isTokenId } from "../attribute/id.ts";
import { importBearerTokenVariable } from "../configuration/import-bearer-token.ts";
import { type Connection, reading } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type AccessTokenModel, secretModel, userText } from "./model.ts";
import { accessTokenPrivileges } from "./needed-privileges.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { findToken } from "./token/read.ts";
import { findImportedBearerToken } from "./secret/import-bearer-token.ts";
import { readSeries } from "./series/read-series.ts";

/** Reads the tokens of a series. */
export async function readAccessToken(
  context: ReadContext<AccessTokenSchema, Connection>,
): Promise<AccessTokenModel | typeof removed> {
  const { state } = context;
  const attempt = {
    summary: `Access token ${String(state.id)} could not be read`,
    privilege: accessTokenPrivileges.read,
  };
  return withDiagnostics(attempt, async () => readSeries(context));
}

/** The settings that have a default: the cluster does not know them. */
export const importedSettings = { overlap: defaultOverlap, allow_administrator: false, allow_lock_out: false };

/** Takes the id of a token to import, and its bearer token where the environment gives it. */
export async function importAccessToken(context: ImportContext<Connection>): Promise<Partial<AccessTokenModel>> {
  const id = importedText(context, "id");
  if (!isTokenId(id)) {
    // Not with what was given: it may be the bearer token.
    throw new DiagnosticError({
      summary: "Import id is invalid",
      detail:
        "Give the id of an access token, a long number; qq auth_list_access_tokens shows the ids. A bearer token is not an id.",
    });
  }
  const bearerToken = await findImportedBearerToken({ id, client: context.client, signal: context.signal });
  if (bearerToken !== undefined) {
    // What encrypt_to says is not known here: the secret comes in clear, and adding encrypt_to rotates.
    return { ...importedSettings, id, ...(await secretModel(bearerToken, undefined)) };
  }
  await warnOfMissingSecret(id, context);
  return { ...importedSettings, id };
}

/** One warning for all that is imported without its secret in this run, with the users of those that are known by then. */
async function warnOfMissingSecret(
  id: string,
  { client, signal, diagnostics }: ImportContext<Connection>,
): Promise<void> {
  const { accessTokens: run, notices } = client.memory;
  run.addImported(id);
  if (!notices.isNews("imported without bearer tokens")) return;
  const reach = reading(client, signal);
  const find = async (other: string) => findToken(reach, { id: other, authId: undefined });
  const attempt = { summary: `Access token ${id} could not be read`, privilege: accessTokenPrivileges.read };
  const tokens = await withDiagnostics(attempt, async () => {
    // Meanwhile the engine begins with others. All are read in a moment anyway.
    await find(id);
    return Promise.all(run.imported().map(find));
  });
  const users = tokens.flatMap((token) => (token === undefined ? [] : [userText(token.user)]));
  const of =
    users.length === 0
      ? ""
      : ` This goes for the tokens of ${listed([...new Set(users)])}, and for all others that this run imports.`;
  diagnostics.warning({
    summary: "Imported access tokens have no bearer tokens",
    detail: `The cluster shows a bearer token only when it creates the access token. bearer_token of an imported one stays null until the token is rotated.${of} If you still have one, set ${importBearerTokenVariable} to it and import its access token alone.`,
  });
}

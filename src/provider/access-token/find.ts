import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type ImportContext, type ReadContext, type removed } from "../../framework/resource.ts";
import { defaultOverlap } from "../../vocabulary/duration.ts";
import { isTokenId } from "../attribute/id.ts";
import { importBearerTokenVariable } from "../configuration/import-bearer-token.ts";
import type { Connection } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type AccessTokenModel, secretModel } from "./model.ts";
import { accessTokenPrivileges } from "./needed-privileges.ts";
import type { AccessTokenSchema } from "./schema.ts";
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
const importedSettings = { overlap: defaultOverlap, allow_administrator: false, allow_lock_out: false };

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
  context.diagnostics.warning({
    summary: "Imported access token has no bearer token",
    detail: `The cluster shows a bearer token only when it creates the access token. bearer_token of ${id} stays null until the token is rotated. If you still have it, set ${importBearerTokenVariable} to it before you import.`,
  });
  return { ...importedSettings, id };
}

import { isAnswer } from "../../../client/cluster-error.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import { bearerTokenFault } from "../../../vocabulary/bearer-token.ts";
import type { Secret } from "../../../vocabulary/secret.ts";
import { importBearerTokenVariable } from "../../configuration/import-bearer-token.ts";
import type { Connection } from "../../connection.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";

/** The import of one access token. */
export interface TokenImport {
  /** The id that the practitioner imports. */
  readonly id: string;
  readonly client: Connection;
  readonly signal: AbortSignal;
}

/**
 * The secret of an access token that is being imported, where the practitioner gave it and the cluster confirms that it
 * is the secret of that very token.
 *
 * @returns `undefined` when none was given
 * @throws {DiagnosticError} when the cluster does not accept it, or says that it is of another access token, or nothing
 */
export async function findImportedBearerToken({ id, client, signal }: TokenImport): Promise<Secret | undefined> {
  const bearerToken = client.importBearerToken;
  if (bearerToken === undefined) return undefined;
  // Anything else cannot be sent at all.
  if (bearerTokenFault(bearerToken.reveal()) !== undefined) throw rejected(id);
  const { sessions } = client.reads.until(signal);
  const summary = `${importBearerTokenVariable} could not be checked`;
  const { accessTokenId } = await withDiagnostics({ summary, privilege: "a valid login" }, async () => {
    try {
      return await sessions.whoIs(bearerToken);
    } catch (error) {
      throw isAnswer(error, 401) ? rejected(id, error) : error;
    }
  });
  if (accessTokenId === id) return bearerToken;
  throw accessTokenId === undefined ? unproven(id) : mistaken(id, accessTokenId);
}

const remedy = `To import the access token without its secret, unset ${importBearerTokenVariable}.`;

function rejected(id: string, cause?: unknown): DiagnosticError {
  const detail = `The cluster does not accept the bearer token in ${importBearerTokenVariable}: it is incomplete, or its access token is disabled, has expired or was deleted. Give the whole bearer token of access token ${id}, which must be in force. ${remedy}`;
  return new DiagnosticError({ summary: "Bearer token for the import was rejected", detail }, { cause });
}

function mistaken(id: string, actual: string): DiagnosticError {
  return new DiagnosticError({
    summary: "Bearer token for the import belongs to another access token",
    detail: `${importBearerTokenVariable} holds the bearer token of access token ${actual}, and the one to import is ${id}. Give the bearer token of ${id}; import access tokens one by one, each with its own. ${remedy}`,
  });
}

function unproven(id: string): DiagnosticError {
  return new DiagnosticError({
    summary: "Bearer token for the import cannot be checked",
    detail: `The cluster accepts the bearer token in ${importBearerTokenVariable}, but does not say which access token it belongs to: it may belong to a session, or the cluster is older than Qumulo Core 7.2, which does not say. So it cannot be checked that it belongs to access token ${id}. ${remedy}`,
  });
}

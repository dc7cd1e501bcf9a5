import type { Environment } from "../../connection/settings.ts";
import { Secret } from "../../vocabulary/secret.ts";

/** The environment variable with the secret of the access token that is being imported. */
export const importBearerTokenVariable = "QUMULO_IMPORT_BEARER_TOKEN";

/** What the environment holds of that; `undefined` when it is not set, or blank. */
export function importBearerTokenIn(environment: Environment): Secret | undefined {
  const text = environment[importBearerTokenVariable]?.trim() ?? "";
  return text === "" ? undefined : new Secret(text);
}

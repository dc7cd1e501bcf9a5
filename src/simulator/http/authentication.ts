import { Secret } from "../../vocabulary/secret.ts";

/**
 * The bearer token in an Authorization header; `undefined` when there is none.
 *
 * @see OpenAPI 7.8.2, security scheme
 */
export function findBearerToken(header: string | undefined): Secret | undefined {
  const token = /^bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  return token === undefined ? undefined : new Secret(token);
}

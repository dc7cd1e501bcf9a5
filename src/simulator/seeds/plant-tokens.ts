import { Secret } from "../../vocabulary/secret.ts";
import { restoreAccessToken } from "../rules/access/access-tokens.ts";
import { digestOf, findTokenId } from "../rules/access/bearer-tokens.ts";
import { type Instant, parseInstant } from "../rules/instants.ts";
import type { SeededToken, SeedPath } from "./seed.ts";
import type { Soil } from "./soil.ts";

/** Makes the access tokens. */
export function plantAccessTokens(soil: Soil, tokens: readonly SeededToken[]): void {
  for (const [index, token] of tokens.entries()) plantToken(soil, ["access_tokens", index], token);
}

function plantToken(soil: Soil, path: SeedPath, token: SeededToken): void {
  const user = soil.identify([...path, "user"], token.user);
  const creator = soil.identify([...path, "creator"], token.creator ?? "local:admin");
  const createdAt = readTime(soil, [...path, "creation_time"], token.creation_time);
  const expiresAt = readTime(soil, [...path, "expiration_time"], token.expiration_time);
  if (user === undefined || creator === undefined) return;
  const bearerToken = token.bearer_token === undefined ? undefined : new Secret(token.bearer_token);
  soil.try(path, () => {
    restoreAccessToken(soil.context, {
      userId: user.authId,
      creatorId: creator.authId,
      id: token.id ?? (bearerToken === undefined ? undefined : findTokenId(bearerToken)),
      createdAt,
      expiresAt,
      enabled: token.enabled ?? true,
      bearerTokenDigest: bearerToken === undefined ? token.bearer_token_sha256 : digestOf(bearerToken),
    });
  });
}

function readTime(soil: Soil, path: SeedPath, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) {
    soil.refuse(path, `${JSON.stringify(text)} is not an RFC 3339 time with an offset, such as 2026-09-01T00:00:00Z`);
  }
  return instant;
}

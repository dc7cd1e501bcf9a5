import { Secret } from "../../vocabulary/secret.ts";
import { restoreAccessToken } from "../rules/access/access-tokens.ts";
import { digestOf, findTokenId } from "../rules/access/bearer-tokens.ts";
import { type Instant, parseInstant } from "../rules/instants.ts";
import type { SeededToken, SeedPath } from "./seed.ts";
import type { SeedBuilder } from "./seed-builder.ts";

/** Makes the access tokens. */
export function applyAccessTokens(builder: SeedBuilder, tokens: readonly SeededToken[]): void {
  for (const [index, token] of tokens.entries()) applyToken(builder, ["access_tokens", index], token);
}

function applyToken(builder: SeedBuilder, path: SeedPath, token: SeededToken): void {
  const user = builder.identify([...path, "user"], token.user);
  const creator = builder.identify([...path, "creator"], token.creator ?? "local:admin");
  const createdAt = readTime(builder, [...path, "creation_time"], token.creation_time);
  const expiresAt = readTime(builder, [...path, "expiration_time"], token.expiration_time);
  if (user === undefined || creator === undefined) return;
  const bearerToken = token.bearer_token === undefined ? undefined : new Secret(token.bearer_token);
  builder.try(path, () => {
    restoreAccessToken(builder.context, {
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

function readTime(builder: SeedBuilder, path: SeedPath, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) {
    builder.refuse(
      path,
      `${JSON.stringify(text)} is not an RFC 3339 time with an offset, such as 2026-09-01T00:00:00Z`,
    );
  }
  return instant;
}

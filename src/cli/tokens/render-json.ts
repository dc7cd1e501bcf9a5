import * as v from "valibot";
import type { Identity } from "../../client/identities.ts";
import { jsonLine } from "../../vocabulary/shown-text.ts";
import type { TokensReport } from "./report.ts";

/** The version of the JSON report. Fields are only added within a major version. */
export const tokensVersion = "1.0";

const account = v.strictObject({
  auth_id: v.string(),
  domain: v.nullable(v.string()),
  name: v.pipe(v.nullable(v.string()), v.description("null when the account no longer exists.")),
});

/** The shape of the JSON report. */
export const tokensSchema = v.strictObject({
  format_version: v.literal(tokensVersion),
  is_whole: v.pipe(v.boolean(), v.description("Whether every cluster could be read.")),
  clusters: v.array(
    v.strictObject({
      name: v.string(),
      host: v.string(),
      time: v.pipe(v.nullable(v.string()), v.description("The time on the cluster; null when it was not read.")),
      failure: v.pipe(v.nullable(v.string()), v.description("Why its tokens are not known; null when they are.")),
      total: v.pipe(v.number(), v.description("How many access tokens were read, before the flags chose.")),
      tokens: v.array(
        v.strictObject({
          id: v.string(),
          user: account,
          creator: v.nullable(account),
          creation_time: v.string(),
          expiration_time: v.pipe(v.nullable(v.string()), v.description("null when it never ends.")),
          enabled: v.boolean(),
          standing: v.picklist(["works", "ended", "disabled", "unknown"]),
          seconds_left: v.pipe(
            v.nullable(v.number()),
            v.description("Below zero when it has ended; null when it never ends, or that cannot be told."),
          ),
          managed_by: v.pipe(
            v.nullable(v.strictObject({ state: v.string(), address: v.string() })),
            v.description("null when none of the given states manages it, or none was given."),
          ),
        }),
      ),
    }),
  ),
});

/** Renders access tokens for programs, as one line of JSON. */
export function renderJson({ clusters }: TokensReport): string {
  const report: v.InferOutput<typeof tokensSchema> = {
    format_version: tokensVersion,
    is_whole: clusters.every(({ failure }) => failure === undefined),
    clusters: clusters.map(({ name, host, now, failure, total, tokens }) => ({
      name,
      host,
      time: now?.toISOString() ?? null,
      failure: failure ?? null,
      total,
      tokens: tokens.map((token) => ({
        id: token.id,
        user: accountJson(token.user),
        creator: token.creator === undefined ? null : accountJson(token.creator),
        creation_time: token.creationTime,
        expiration_time: token.expirationTime ?? null,
        enabled: token.enabled,
        standing: token.standing,
        seconds_left: token.secondsLeft ?? null,
        managed_by: token.place ?? null,
      })),
    })),
  };
  return jsonLine(report);
}

function accountJson({ authId, domain, name }: Identity): v.InferOutput<typeof account> {
  return { auth_id: authId, domain: domain ?? null, name: name ?? null };
}

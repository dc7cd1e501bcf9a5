import { parseInstant } from "../../vocabulary/instant.ts";
import { shownText } from "../../vocabulary/shown-text.ts";
import { accountText, type ListedToken } from "./inventory.ts";
import type { TokensReport } from "./report.ts";

/**
 * Renders access tokens in the text format of Prometheus, for the textfile collector of its node exporter.
 *
 * A token that never ends has the value `+Inf`, and one whose end is not known has `NaN`. An alert on tokens that end soon is
 * not triggered by either, so `qumulo_access_tokens_known` says whether everything is known.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function renderPrometheus({ clusters }: TokensReport): string {
  const expiry = "qumulo_access_token_expiry_timestamp_seconds";
  const known = "qumulo_access_tokens_known";
  return [
    `# HELP ${expiry} When the access token ends, in seconds since 1970; +Inf when it never does.`,
    `# TYPE ${expiry} gauge`,
    ...clusters.flatMap(({ name, tokens }) =>
      tokens.map((token) => `${expiry}${labels(labelsOf(name, token))} ${endOf(token)}`),
    ),
    `# HELP ${known} Whether the access tokens of the cluster could be read, and when each ends: 1, or else 0.`,
    `# TYPE ${known} gauge`,
    ...clusters.map(({ name, failure, tokens }) => {
      const isKnown = failure === undefined && tokens.every(({ standing }) => standing !== "unknown");
      return `${known}${labels({ cluster: name })} ${isKnown ? 1 : 0}`;
    }),
    "",
  ].join("\n");
}

function labelsOf(cluster: string, { id, user, enabled, place }: ListedToken): Readonly<Record<string, string>> {
  return {
    cluster,
    user: accountText(user),
    auth_id: user.authId,
    token_id: id,
    enabled: String(enabled),
    ...(place !== undefined && { state: place.state, address: place.address }),
  };
}

function labels(values: Readonly<Record<string, string>>): string {
  const escaped = Object.entries(values).map(
    ([name, value]) => `${name}="${shownText(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`,
  );
  return `{${escaped.join(",")}}`;
}

function endOf({ expirationTime }: ListedToken): string {
  if (expirationTime === undefined) return "+Inf";
  const instant = parseInstant(expirationTime);
  return instant === undefined ? "NaN" : String(instant / 1_000_000_000n);
}

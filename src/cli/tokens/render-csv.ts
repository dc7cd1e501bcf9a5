import { shownText } from "../../vocabulary/shown-text.ts";
import { accountText } from "./inventory.ts";
import type { TokensReport } from "./report.ts";

const columns = [
  "cluster",
  "host",
  "user",
  "user_auth_id",
  "token_id",
  "creator",
  "creation_time",
  "expiration_time",
  "enabled",
  "standing",
  "state",
  "address",
] as const;

/**
 * Renders access tokens as CSV with a header, one line for each token.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe in front: otherwise, the person who names a user could
 * make the spreadsheet run one.
 *
 * @see RFC 4180
 */
export function renderCsv({ clusters }: TokensReport): string {
  const rows = clusters.flatMap(({ name, host, tokens }) =>
    tokens.map((token) => [
      name,
      host,
      accountText(token.user),
      token.user.authId,
      token.id,
      token.creator === undefined ? "" : accountText(token.creator),
      token.creationTime,
      token.expirationTime ?? "",
      String(token.enabled),
      token.standing,
      token.place?.state ?? "",
      token.place?.address ?? "",
    ]),
  );
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const plain = shownText(text);
  const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /^[\w.:-]*$/.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`;
}

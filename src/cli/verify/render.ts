import { riskOf, riskWords } from "../../access/risk.ts";
import { renderLength } from "../../vocabulary/duration.ts";
import { parseInstant } from "../../vocabulary/instant.ts";
import { firstLines } from "../../vocabulary/listed.ts";
import { findPrivilegeRisk } from "../../vocabulary/privileges.ts";
import { jsonLine, shown } from "../../vocabulary/shown-text.ts";
import { padColumns, widestOf } from "../../vocabulary/text-width.ts";
import type { TokenReport } from "./token-report.ts";

/** A bearer token that a cluster has accepted. */
export interface Verified {
  readonly host: string;
  /** `undefined` when the cluster writes it in an unknown way. */
  readonly coreVersion: string | undefined;
  readonly report: TokenReport;
}

/** What a person wants to know of a bearer token that works. */
export function renderReport({ host, coreVersion, report }: Verified): string {
  const { user, roles, accessToken, unread } = report;
  const cluster = coreVersion === undefined ? shown(host) : `${shown(host)}, Qumulo Core ${coreVersion}`;
  const rows = [
    row("user", [`${shown(user.name)} (auth_id ${user.id})`]),
    row("token", [accessToken?.id ?? user.accessTokenId ?? "not told"]),
    row("ends", [renderEnd(report)]),
    row("roles", roles === undefined ? ["not told"] : orNone(roles.map(shownName))),
    row("privileges", privilegeLines(user.privileges?.map(shownName))),
  ];
  const remarks = unread.map((sentence) => `\n  ${sentence}`).join("");
  return `The cluster accepts the bearer token (${cluster}).\n\n${rows.join("")}${remarks === "" ? "" : `${remarks}\n`}`;
}

/** When a bearer token ends, and how long that is from now: `2030-01-31T12:00:00Z, in 45d`. */
export function renderEnd({ accessToken, now }: TokenReport): string {
  if (accessToken === undefined) return "not told";
  const { expirationTime } = accessToken;
  if (expirationTime === undefined) return "never";
  const end = parseInstant(expirationTime);
  if (end === undefined) return expirationTime;
  return `${expirationTime}, in ${renderLength(Number(end / 1_000_000n) - now.getTime())}`;
}

/** One line of JSON with all that is known of a bearer token that the cluster accepts. */
export function renderReportJson({ host, coreVersion, report }: Verified, problems: readonly string[]): string {
  const { user, roles, accessToken, unread } = report;
  return jsonLine({
    works: problems.length === 0,
    problems,
    host,
    core_version: coreVersion ?? null,
    user: { id: user.id, name: user.name, sid: user.sid },
    roles: roles ?? null,
    privileges: user.privileges?.map((name) => ({ name, risk: findPrivilegeRisk(name) ?? null })) ?? null,
    access_token: accessToken
      ? {
          id: accessToken.id,
          creation_time: accessToken.creationTime,
          expiration_time: accessToken.expirationTime ?? null,
        }
      : null,
    unread,
  });
}

/** One line of JSON that says why a bearer token does not work. */
export function renderFailureJson(problem: string): string {
  return jsonLine({ works: false, problems: [problem] });
}

const titleWidth = 12;

function row(title: string, lines: readonly string[]): string {
  return lines.map((line, index) => `  ${(index === 0 ? title : "").padEnd(titleWidth)}${line}\n`).join("");
}

/** Longer names were made to fill a terminal. */
const longestName = 200;

function shownName(name: string): string {
  return shown(name, longestName);
}

/** More than there are privileges. */
const mostLines = 250;

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ["none"] : firstLines(lines, mostLines);
}

function privilegeLines(privileges: readonly string[] | undefined): readonly string[] {
  if (privileges === undefined) return ["not told"];
  const width = widestOf(privileges);
  return orNone(privileges.map((name) => `${padColumns(name, width)}  ${meaningOf(name)}`.trimEnd()));
}

function meaningOf(privilege: string): string {
  const risk = riskOf(privilege);
  return risk === "none" ? "" : `${risk}: ${riskWords[risk].meaning}`;
}

import { type Finding, findingTitles } from "../discover/findings.ts";
import type { Model } from "../discover/model.ts";
import { shown } from "../discover/shown-text.ts";
import type { Snapshot, Unread } from "../discover/snapshot.ts";

/** All that a summary speaks of. */
export interface Summarized {
  readonly host: string;
  readonly snapshot: Snapshot;
  readonly model: Model;
  readonly findings: readonly Finding[];
}

const mostSubjects = 10;

/** What a person should know of the code that was written. */
export function renderSummary({ host, snapshot, model, findings }: Summarized): string {
  const lines = [
    `Wrote code for ${countsOf(model).join(", ")} of ${shown(host)}.`,
    ...snapshot.unread.map(renderUnread),
    ...model.leftOut.map(({ what, reason }) => `Left out: ${shown(what)}. ${shown(reason)}`),
    ...renderFindings(findings),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function countsOf({ roles, sections }: Model): readonly string[] {
  const sum = (count: (section: Model["sections"][number]) => number): number =>
    sections.reduce((total, section) => total + count(section), 0);
  const managed = (kind: "user" | "group"): number =>
    sum(({ party }) => (party.kind === kind && party.isManaged ? 1 : 0));
  return [
    counted(managed("user"), "local user"),
    counted(managed("group"), "local group"),
    counted(
      sum(({ memberships }) => memberships.length),
      "member of groups",
      "members of groups",
    ),
    counted(roles.length, "role"),
    counted(
      sum(({ grants }) => grants.length),
      "member of roles",
      "members of roles",
    ),
    counted(
      sum(({ tokens }) => tokens.length),
      "access token",
    ),
  ];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function renderUnread({ types, privilege }: Unread): string {
  const what = types.join(" and ");
  return `Not read: ${what}, for which the login lacks ${privilege}. The code has none of them, and what depends on them was not looked at.`;
}

function renderFindings(findings: readonly Finding[]): readonly string[] {
  return Object.entries(findingTitles).flatMap(([kind, title]) => {
    const subjects = [...new Set(findings.filter((finding) => finding.kind === kind).map(({ subject }) => subject))];
    if (subjects.length === 0) return [];
    const others = subjects.length - mostSubjects;
    const more = others > 0 ? ` and ${others} more` : "";
    return [`${title} (${subjects.length}): ${subjects.slice(0, mostSubjects).join(", ")}${more}`];
  });
}

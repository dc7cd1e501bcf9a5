import { type Remark, remarkTitles } from "../../discover/remarks.ts";
import type { Model } from "../../discover/model.ts";
import { type Discovered, omissionsOf } from "../../discover/render.ts";
import { listed } from "../../vocabulary/listed.ts";
import { shown } from "../../vocabulary/shown-text.ts";

/** What a person should know of the code that was written. */
export function renderSummary(discovered: Discovered): string {
  const lines = [
    `Wrote code for ${countsOf(discovered.model).join(", ")} of ${shown(discovered.host)}.`,
    ...omissionsOf(discovered),
    ...renderRemarks(discovered.remarks),
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

function renderRemarks(remarks: readonly Remark[]): readonly string[] {
  return Object.entries(remarkTitles).flatMap(([kind, title]) => {
    const subjects = [...new Set(remarks.filter((remark) => remark.kind === kind).map(({ subject }) => subject))];
    if (subjects.length === 0) return [];
    return [`${title} (${subjects.length}): ${listed(subjects)}`];
  });
}

import type { Model } from "../../discover/model.ts";
import { type Remark, remarkTitles } from "../../discover/remarks.ts";
import { type Discovered, omissionsOf } from "../../discover/render.ts";
import { painter, wrap } from "../../terminal/wrap.ts";
import { listed } from "../../vocabulary/listed.ts";
import { shown } from "../../vocabulary/shown-text.ts";

/** What was written, and the patterns of `--name` that matched nothing. */
export interface Summarized extends Discovered {
  readonly unmatched: readonly string[];
}

/** What a person should know of the code that was written, in lines of this width. */
export function renderSummary(discovered: Summarized, { width }: { readonly width: number }): string {
  const { unmatched } = discovered;
  const lines = [
    `Wrote code for ${countsOf(discovered.model).join(", ")} of ${shown(discovered.host)}.`,
    ...(unmatched.length === 0
      ? []
      : [`Nothing has a name like ${listed(unmatched.map((pattern) => shown(pattern)))}.`]),
    ...omissionsOf(discovered),
    ...renderRemarks(discovered.remarks),
  ];
  return lines.map((line) => `${wrap([line], { width, paint: painter(false) })}\n`).join("");
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

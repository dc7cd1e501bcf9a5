import { splitPurpose } from "./purpose.ts";
import type { ReferenceSources } from "./sources.ts";

/** A page of one type or function, as far as the tables tell of it. */
interface ListedPage {
  /** Path below `docs/`. */
  readonly path: string;
  readonly heading: string;
  readonly description: string;
}

/** Puts the tables of all types, and of the privileges for them, where a note says `{{types}}` and `{{privileges}}`. */
export function fillTables(note: string, pages: readonly ListedPage[], sources: ReferenceSources): string {
  return note
    .replace("{{types}}", () => renderTypes(pages, sources.examples))
    .replace("{{privileges}}", () => renderPrivileges(sources.privileges));
}

function renderTypes(pages: readonly ListedPage[], examples: ReferenceSources["examples"]): string {
  const rows = pages.map(({ path, heading, description }) => {
    const [, name = "", kind = ""] = /^(?:function: )?(\w+)(?: \((.+)\))?$/.exec(heading) ?? [];
    const example = examples.get(`${path.replace(/\/.*/, "")}/${name}/import.tf`) ?? "";
    const [purpose] = splitPurpose(description);
    return `| [\`${name}\`](${path}) | ${kind.toLowerCase() || "function"} | ${purpose} | ${importIdOf(example)} |`;
  });
  return ["| Type | Kind | What it is | Import by |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** What the comment of an example says that its import id is. */
function importIdOf(example: string): string {
  const { first = "", rest = "" } = /^# (?<first>\w)(?<rest>[^;.\n]*)/.exec(example)?.groups ?? {};
  return `${first.toLowerCase()}${rest}`;
}

function renderPrivileges(privileges: ReferenceSources["privileges"]): string {
  const byNeed = new Map<string, string>();
  for (const [type, names] of Object.entries(privileges)) {
    const needed = names.map((name) => `\`${name}\``).join(", ");
    const before = byNeed.get(needed);
    byNeed.set(needed, before === undefined ? `\`${type}\`` : `${before}, \`${type}\``);
  }
  const rows = [...byNeed].map(([needed, types]) => `| ${types} | ${needed} |`);
  return ["| For | The account needs |", "| --- | --- |", ...rows].join("\n");
}

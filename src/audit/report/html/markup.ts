import { shownText } from "../../../vocabulary/shown-text.ts";

/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

/** What a template may be filled with: plain text is escaped, markup is not. */
export type Content = string | number | Markup | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML of a template literal. Whatever is filled in is escaped unless it is markup itself. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: parts.map((part, index) => part + (index < contents.length ? render(contents[index]) : "")).join("") };
}

/** JSON that may stand in a `script` element: no end of that element, and no comment, can be in it. */
export function scriptJson(value: unknown): Markup {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "string" ? shownText(inner) : inner));
  return { html: text.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029") };
}

function render(content: Content): string {
  if (content === undefined) return "";
  if (typeof content === "string") return shownText(content).replaceAll(/[&<>"']/g, (found) => entities[found] ?? "");
  if (typeof content === "number") return String(content);
  return isList(content) ? content.map(render).join("") : content.html;
}

function isList(content: Content): content is readonly Content[] {
  return Array.isArray(content);
}

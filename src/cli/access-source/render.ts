import type { ReadAccess } from "../../audit/questions/read-access.ts";
import type { Sides } from "../../audit/questions/routes.ts";
import type { TableView } from "../../terminal/table.ts";
import { painter, type Style, type Styled, wrap } from "../../terminal/wrap.ts";
import type { CommandContext } from "../command-error.ts";
import { outputView, type ReportOutput } from "../report-output.ts";
import type { AccessSource } from "./source.ts";

/** What a source is, for a title. */
export function titleOf({ name, kind }: AccessSource): string {
  return kind === "cluster" ? `on the cluster ${name}` : `in ${name}`;
}

/** The texts of both times, each once: what a plan adds begins with `+`, what it takes away with `-`. */
export function sideLines({ before, after }: Sides): readonly (string | Styled)[] {
  const [had, has] = [new Set(before), new Set(after)];
  return [...new Set([...after, ...before])].map((text) => {
    if (had.has(text) && has.has(text)) return text;
    return has.has(text) ? marked("green", `+ ${text}`) : marked("red", `- ${text}`);
  });
}

function marked(style: Style, text: string): Styled {
  return { style, text };
}

/** What is found in a source, and how it is shown. */
interface FoundIn {
  readonly source: AccessSource;
  readonly kind: ReadAccess["kind"];
}

/** Renders an answer for people, part by part, and ends it with what its source does not tell. */
export function renderFound(
  { source, kind }: FoundIn,
  { flags, context }: { readonly flags: ReportOutput; readonly context: CommandContext },
  partsOf: (view: TableView) => readonly string[],
): string {
  const { width, isColored } = outputView(flags, context);
  const view = { width, paint: painter(isColored) };
  const note = besideNote(source, kind);
  const parts = [...partsOf(view), ...(note === undefined ? [] : [wrap([{ style: "dim", text: note }], view)])];
  return `${parts.join("\n\n")}\n`;
}

/** A note on what a plan or a state does not show, and how to find it out; nothing for a source that covers a whole cluster. */
function besideNote({ kind, facts }: AccessSource, document: ReadAccess["kind"]): string | undefined {
  if (kind !== "document" || facts.length > 0) return undefined;
  return `This ${document} does not tell what else is on the cluster: --cluster reads that too.`;
}

/** What is not known, each sentence in a line of its own. */
export function renderUnknown(sentences: readonly string[], view: TableView): string {
  const lines = sentences.map((text) => wrap([{ style: "yellow", text: `? ${text}` }], { ...view, indent: "  " }));
  return [wrap([{ style: "bold", text: "Not known, so somebody has to check:" }], view), ...lines].join("\n");
}

import type { Unread } from "../client/snapshot/read-snapshot.ts";
import { listed } from "../vocabulary/listed.ts";
import { shown } from "../vocabulary/shown-text.ts";
import type { Model } from "./model.ts";
import type { Remark } from "./remarks.ts";
import { wrapped } from "./shown-text.ts";

/** A cluster as it is rendered. */
export interface Discovered {
  /** Of which cluster it is, for people. */
  readonly host: string;
  readonly model: Model;
  readonly remarks: readonly Remark[];
  readonly unread: readonly Unread[];
}

/** A file of the code. */
export interface CodeFile {
  readonly name: string;
  readonly text: string;
}

/** A way to write what was discovered. */
export interface Format {
  /** Names of the files, which are known before anything is read. */
  readonly files: readonly string[];
  readonly render: (discovered: Discovered) => readonly CodeFile[];
}

/** The comment at the top of the code, in lines: which cluster it is from, and what it lacks. */
export function headLines(discovered: Discovered): readonly string[] {
  const whose = `What ${shown(discovered.host)} had when "cdktf-qumulo discover" read it. A plan of it imports, and changes nothing.`;
  return [whose, ...omissionsOf(discovered)].flatMap(wrapped);
}

/** What the code lacks, each thing by its name with the reason, in a sentence or two. */
export function omissionsOf({ unread, model }: Pick<Discovered, "unread" | "model">): readonly string[] {
  return [
    ...unread.map(renderUnread),
    ...model.leftOut.map(({ what, reason }) => `Left out: ${shown(what)}. ${shown(reason)}`),
  ];
}

function renderUnread({ types, privilege, of = [] }: Unread): string {
  const what = `${types.join(" and ")}${of.length === 0 ? "" : ` of ${shown(listed(of))}`}`;
  return `Not read: ${what}, for which the login lacks ${privilege}. The code has none of them, and what depends on them was not checked.`;
}

/** Gives the lines of a comment with what is remarked about any of these parts of the model. */
export type RemarksAt = (...parts: readonly object[]) => readonly string[];

/** Sorts remarks by what they are about, once: every part of the model asks, and a cluster may have 200,000 accounts. */
export function remarksIn(remarks: readonly Remark[]): RemarksAt {
  const places = new Map<object, { place: number; text: string }[]>();
  for (const [place, { at, text }] of remarks.entries()) {
    const others = places.get(at);
    if (others === undefined) places.set(at, [{ place, text }]);
    else others.push({ place, text });
  }
  return (...parts) => {
    const found = parts.flatMap((part) => places.get(part) ?? []).sort((left, right) => left.place - right.place);
    return found.flatMap(({ text }) => wrapped(text));
  };
}

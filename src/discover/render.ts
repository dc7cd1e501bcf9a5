import type { Unread } from "../client/snapshot/read-snapshot.ts";
import { listed } from "../vocabulary/listed.ts";
import { shown } from "../vocabulary/shown-text.ts";
import type { Finding } from "./findings.ts";
import type { Model } from "./model.ts";
import { wrapped } from "./shown-text.ts";

/** A cluster as it is rendered. */
export interface Discovered {
  /** Of which cluster it is, for people. */
  readonly host: string;
  readonly model: Model;
  readonly findings: readonly Finding[];
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

/** What the code begins with, in lines of a comment: whose it is, and what it lacks. */
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
  return `Not read: ${what}, for which the login lacks ${privilege}. The code has none of them, and what depends on them was not looked at.`;
}

/** Lines of a comment with what was found at any of these parts of the model. */
export function remarksAt(findings: readonly Finding[], ...parts: readonly object[]): readonly string[] {
  const places = placesOf(findings);
  const found = parts.flatMap((part) => places.get(part) ?? []).sort((left, right) => left.place - right.place);
  return found.flatMap(({ remark }) => wrapped(remark));
}

type Places = ReadonlyMap<object, readonly { readonly place: number; readonly remark: string }[]>;

/** Where in a list of findings those of a part stand: every part asks, and a cluster may have 200,000. */
const known = new WeakMap<readonly Finding[], Places>();

function placesOf(findings: readonly Finding[]): Places {
  const before = known.get(findings);
  if (before !== undefined) return before;
  const places = new Map<object, { place: number; remark: string }[]>();
  for (const [place, { at, remark }] of findings.entries()) {
    const others = places.get(at);
    if (others === undefined) places.set(at, [{ place, remark }]);
    else others.push({ place, remark });
  }
  known.set(findings, places);
  return places;
}

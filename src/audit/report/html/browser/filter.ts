import type { PageData, PageGraph, PageIdentity, PageRole } from "../page-data.ts";
import { grouped } from "./grouped.ts";

/** What the reader asks to see. */
export interface Filter {
  /** Words, in small letters; all of them must be there. */
  readonly words: readonly string[];
  /** From 0, which asks nothing, to 4 for critical. */
  readonly gravity: number;
  readonly onlyChanged: boolean;
  /** One of several plans, by its index; `undefined` for all. */
  readonly plan: number | undefined;
}

/** What a search looks into, by index. */
export interface GraphTexts {
  readonly identity: (index: number) => string;
  readonly role: (index: number) => string;
}

/** Whether all words stand in a text. */
export function hasWords(text: string, { words }: Filter): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** Whether something belongs to the plan that a filter asks for. */
export function isOfPlan(plans: readonly number[] | undefined, { plan }: Filter): boolean {
  return plan === undefined || plans?.includes(plan) === true;
}

/** How grave the findings about an identity are, of those that a filter asks for. */
export function graveOf({ gravest, gravestNew }: PageIdentity, { onlyChanged }: Filter): number {
  return onlyChanged ? gravestNew : gravest;
}

/** Whether a plan changes an identity, or brings about a finding about it. */
export function isConcerned({ mark, gravestNew }: PageIdentity): boolean {
  return mark !== "kept" || gravestNew > 0;
}

/** The identities of a graph that a filter asks for: the same ones in every part of the page. */
export function wantedOf(graph: PageGraph, texts: GraphTexts, filter: Filter): ReadonlySet<number> {
  const wanted = graph.identities.flatMap((identity, index) => {
    const isAsked = (!filter.onlyChanged || isConcerned(identity)) && graveOf(identity, filter) >= filter.gravity;
    return isAsked && isOfPlan(identity.plans, filter) && hasWords(texts.identity(index), filter) ? [index] : [];
  });
  return new Set(wanted);
}

/** What a search looks into: names of all that an identity has, by itself and through its groups. */
export function textsOf(data: PageData, graph: PageGraph): GraphTexts {
  const roles = graph.roles.map((role) => roleText(data, role));
  const own = graph.identities.map(({ label, address = "" }) => [label, address]);
  const add = (index: number, text: string): void => {
    own[index]?.push(text);
  };
  const ways = grouped(graph.lines, ({ kind }) => kind);
  for (const { from, to } of ways.get("role") ?? []) add(from, textOf(roles, to));
  const groups = own.map((parts) => parts.join(" "));
  for (const { from, to } of ways.get("group") ?? []) add(from, textOf(groups, to));
  for (const [index, place] of tokensOf(data, graph)) add(index, place);
  const texts = own.map((parts) => parts.join(" "));
  return { identity: (index) => textOf(texts, index), role: (index) => textOf(roles, index) };
}

function textOf(texts: readonly string[], index: number): string {
  return texts[index] ?? "";
}

function roleText({ privileges }: PageData, { name, address = "", kept, added, removed }: PageRole): string {
  return [name, address, ...[...kept, ...added, ...removed].map((index) => privileges[index]?.name ?? "")].join(" ");
}

/** Where each access token stands, with the index of its identity. */
function tokensOf(data: PageData, graph: PageGraph): readonly (readonly [index: number, place: string])[] {
  const indexes = new Map(graph.identities.map(({ label }, index) => [label, index]));
  return data.tokens.flatMap(({ identity, cluster, place }) => {
    const index = cluster === graph.cluster ? indexes.get(identity) : undefined;
    return index === undefined ? [] : [[index, place] as const];
  });
}

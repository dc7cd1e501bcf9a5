import type { AccessSide } from "../access/access.ts";
import type { ResolvedAccess } from "../access/resolve.ts";
import { gainersOf } from "./gaining.ts";
import { administratorKeyOf, everyoneKeyOf, gives, ownRoutesOf, type Sides } from "./routes.ts";
import { unknownOf } from "./unknown.ts";

/** An identity that has a privilege, or can gain it, and by which paths. */
export interface Holding extends Sides {
  readonly identity: string;
  /** Where it is declared; `undefined` for what the document does not manage. */
  readonly address: string | undefined;
  readonly isGroup: boolean;
}

/** Who holds a privilege on one cluster. */
export interface WhoCan {
  /** How the cluster is called in reports; `undefined` where there is only one. */
  readonly cluster: string | undefined;
  /** The identities that have it, before or after. */
  readonly holders: readonly Holding[];
  /** The identities that do not have it, but can gain it. */
  readonly gainers: readonly Holding[];
  /** What else may decide about it and is not known, as sentences. */
  readonly unknown: readonly string[];
}

type Ways = ReadonlyMap<string, readonly string[]>;

/** Finds who has a privilege, or can gain it, before and after a plan, or now. */
export function whoCan(access: ResolvedAccess, privilege: string): WhoCan {
  const before = waysAt(access, access.before, privilege);
  const after = waysAt(access, access.after, privilege);
  return {
    cluster: access.cluster,
    holders: holdingsOf(access, before.holders, after.holders),
    gainers: holdingsOf(access, before.gainers, after.gainers),
    unknown: unknownOf(access, { privilege }),
  };
}

function waysAt(access: ResolvedAccess, side: AccessSide, privilege: string): { holders: Ways; gainers: Ways } {
  const keys = new Set([administratorKeyOf(access), ...side.identities.keys()]);
  const holders = new Map<string, readonly string[]>();
  for (const key of keys) {
    const ways = ownRoutesOf(access, side, key).filter((route) => gives(route, privilege));
    if (ways.length > 0) holders.set(key, [...new Set(ways.map(({ text }) => text))]);
  }
  // What everybody has, nobody has to come to.
  if (holders.has(everyoneKeyOf(access))) return { holders, gainers: new Map() };
  return { holders, gainers: gainersOf(access, side, new Set(holders.keys())) };
}

function holdingsOf(access: ResolvedAccess, before: Ways, after: Ways): readonly Holding[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key): Holding => {
      const known = access.after.identities.get(key) ?? access.before.identities.get(key);
      return {
        identity: known?.label ?? access.registry.labelOf(key),
        address: known?.address,
        isGroup: known?.isGroup === true,
        before: before.get(key) ?? [],
        after: after.get(key) ?? [],
      };
    })
    .toSorted((left, right) => (left.identity < right.identity ? -1 : 1));
}

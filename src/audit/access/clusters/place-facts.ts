import { type ClusterSetting, plainHost } from "./cluster-settings.ts";
import type { ClusterFacts, ReadAddress } from "../facts.ts";
import type { Places } from "./places.ts";

/** Whether a provider configuration leads to an address. */
type Leads = "there" | "elsewhere" | "unknown";

/** A cluster of a plan. */
export interface FactsPlace {
  /** Keys of the provider configurations that lead to it; none in a state, which names no configurations. */
  readonly keys: readonly string[];
  /** Whether the plan has no other cluster. */
  readonly isOnly: boolean;
  readonly places: Pick<Places, "settingsOf" | "isOf">;
}

/**
 * Finds the facts of a cluster: those that were read where its provider configurations lead. Where none were, that is what
 * the facts tell.
 */
export function findFacts(facts: readonly ClusterFacts[], place: FactsPlace): readonly ClusterFacts[] {
  const { keys, isOnly, places } = place;
  const given = facts.filter(({ readAt, cluster }) => readAt === undefined && isGiven(cluster, place));
  const open = facts.flatMap((fact) => (fact.readAt === undefined ? [] : [{ fact, readAt: fact.readAt }]));
  // A state names no provider configuration. What there is leads to what was read.
  if (keys.length === 0 || open.length === 0) return [...given, ...open.map(({ fact }) => fact)];
  const leads = open.map(({ fact, readAt }) => ({ fact, to: keys.map((key) => leadsTo(places, key, readAt)) }));
  const there = leads.filter(({ to }) => to.includes("there") || (to.includes("unknown") && isOnly));
  if (there.length > 0) return [...given, ...there.map(({ fact }) => fact)];
  const isUnknown = leads.some(({ to }) => to.includes("unknown"));
  return [
    ...given,
    unreadFacts(keys.join(", "), isUnknown, open.map(({ readAt }) => renderAddress(readAt)).join(", ")),
  ];
}

function isGiven(cluster: string | undefined, { keys, places }: FactsPlace): boolean {
  if (cluster === undefined) return true;
  return keys.some((key) => places.isOf(key, cluster));
}

function leadsTo({ settingsOf }: FactsPlace["places"], key: string, readAt: ReadAddress): Leads {
  const { host, port } = settingsOf(key);
  const silent: Leads = readAt.isDefault ? "there" : "elsewhere";
  const both = [comparison(host, plainHost(readAt.host), silent), comparison(port, String(readAt.port), "there")];
  if (both.includes("elsewhere")) return "elsewhere";
  return both.includes("unknown") ? "unknown" : "there";
}

function comparison(setting: ClusterSetting, read: string, silent: Leads): Leads {
  switch (setting.kind) {
    case "silent":
      // Nobody knows in which environment each of several plans was made.
      return setting.of === undefined ? silent : "unknown";
    case "constant":
      return setting.value === read ? "there" : "elsewhere";
    case "variable":
      // The engine does not tell what is made of the variable: only an equal value says something.
      return setting.value === read ? "there" : "unknown";
    case "unknown":
      return "unknown";
  }
}

function unreadFacts(keys: string, isUnknown: boolean, read: string): ClusterFacts {
  const why = isUnknown ? `the plan does not tell whether it leads to ${read}` : `it does not lead to ${read}`;
  const unread = `What else is on the cluster of the provider configuration ${keys} is not known: ${why}, which was read.`;
  return { users: [], groups: [], roles: [], accessTokens: [], unread: [unread] };
}

function renderAddress({ host, port }: ReadAddress): string {
  return `${host} port ${port}`;
}

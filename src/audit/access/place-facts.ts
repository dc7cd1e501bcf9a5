import type { Configuration } from "../plan/configuration.ts";
import type { ShownExpression } from "../plan/shown-document.ts";
import type { ClusterFacts, ReadAddress } from "./facts.ts";

/** Whether a provider configuration leads to an address. */
type Leads = "there" | "elsewhere" | "unknown";

/**
 * Gives facts to the provider configurations that lead to the address where they were read. What is known of none stands
 * as facts of their own: that the cluster was not read.
 */
export function placeFacts(facts: readonly ClusterFacts[], configuration: Configuration): readonly ClusterFacts[] {
  const keys = Object.keys(configuration.providers);
  const placed = facts.filter(({ readAt }) => readAt === undefined);
  const open = facts.flatMap((fact) => (fact.readAt === undefined ? [] : [{ fact, readAt: fact.readAt }]));
  // A state names no provider configuration. What there is leads to what was read.
  if (keys.length === 0 || open.length === 0) return facts;
  return [
    ...placed,
    ...keys.flatMap((cluster) => {
      const leads = open.map(({ fact, readAt }) => ({ fact, to: leadsTo(configuration, cluster, readAt) }));
      const there = leads.filter(({ to }) => to === "there" || (to === "unknown" && keys.length === 1));
      if (there.length > 0) return there.map(({ fact }) => ({ ...fact, cluster }));
      const isUnknown = leads.some(({ to }) => to === "unknown");
      return [unreadFacts(cluster, isUnknown, open.map(({ readAt }) => renderAddress(readAt)).join(", "))];
    }),
  ];
}

function leadsTo({ providers, variables }: Configuration, key: string, readAt: ReadAddress): Leads {
  const expressions = providers[key]?.expressions;
  const host = comparison(expressions?.["host"], variables, isHost(readAt.host));
  const port = comparison(expressions?.["port"], variables, (value) => Number(value) === readAt.port);
  const silent: Leads = readAt.isDefault ? "there" : "elsewhere";
  const both = [host ?? silent, port ?? "there"];
  if (both.includes("elsewhere")) return "elsewhere";
  return both.includes("unknown") ? "unknown" : "there";
}

/** `undefined` where the configuration is silent. */
function comparison(
  expression: ShownExpression | undefined,
  variables: Configuration["variables"],
  isSame: (value: unknown) => boolean,
): Leads | undefined {
  if (expression === undefined) return undefined;
  const { constant_value: constant, references = [] } = expression;
  if (constant !== undefined) return isSame(constant) ? "there" : "elsewhere";
  // The engine does not tell what is made of the variable: only an equal value says something.
  const values = references.map((reference) => variables[reference.replace(/^var\./, "")]?.value);
  return values.some((value) => value !== undefined && isSame(value)) ? "there" : "unknown";
}

function isHost(host: string): (value: unknown) => boolean {
  const plain = (text: string): string =>
    text
      .trim()
      .replace(/^\[|\]$/g, "")
      .toLowerCase();
  return (value) => typeof value === "string" && plain(value) === plain(host);
}

function unreadFacts(cluster: string, isUnknown: boolean, read: string): ClusterFacts {
  const why = isUnknown ? `the plan does not tell whether it leads to ${read}` : `it does not lead to ${read}`;
  const unread = `What is on the cluster of the provider configuration ${cluster} beside the plan is not known: ${why}, which was read.`;
  return { cluster, users: [], groups: [], roles: [], accessTokens: [], unread: [unread] };
}

function renderAddress({ host, port }: ReadAddress): string {
  return `${host} port ${port}`;
}

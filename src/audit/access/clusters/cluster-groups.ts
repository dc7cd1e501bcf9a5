import type { Plan, PlannedObject } from "../../plan/plan.ts";
import { type ClusterSettings, compareSettings, type Sameness, usualPort } from "./cluster-settings.ts";
import type { Places } from "./places.ts";
import { domainOfAccount } from "./split-state.ts";

/** Keys of provider configurations that are looked at as one cluster. */
export type ClusterKeys = readonly string[];

/** Which provider configurations lead to one cluster, as far as the plan tells. */
export interface ClusterGroups {
  /** Those that are taken for one cluster each. */
  readonly likely: readonly ClusterKeys[];
  /** Other ways to divide them into clusters that may be right as well. */
  readonly doubtful: readonly DoubtfulGroup[];
}

/** Provider configurations that may or may not lead to one cluster. */
export interface DoubtfulGroup {
  /** As they are looked at: together, or one that is parted from the others. */
  readonly keys: ClusterKeys;
  /** All of them. */
  readonly among: ClusterKeys;
}

/** Pairs of clusters that are looked at one by one; of more, all are looked at together. */
const mostPairs = 16;
/** Provider configurations of which each is compared with each other one. */
const mostCompared = 40;

interface Node {
  readonly key: string;
  readonly settings: ClusterSettings;
  /** The SID of the cluster's own domain, if the state has it. It identifies the cluster. */
  readonly domain: string | undefined;
}

/** What a member of a role, a group or a token says of whom it is for. */
const references: Readonly<Record<string, readonly string[]>> = {
  qumulo_role_member: ["role_name", "auth_id", "name", "sid", "uid", "gid"],
  qumulo_role_members: ["role_name", "members"],
  qumulo_local_group_member: ["group_id", "member_id"],
  qumulo_local_user: ["primary_group"],
  qumulo_access_token: ["user"],
};

/** Finds out which provider configurations lead to one cluster, and for which of them that is uncertain. */
export function groupClusters({ plans, settingsOf }: Places): ClusterGroups {
  const objects = plans.flatMap((plan) => plan.objects);
  const domains = domainsIn(objects);
  const keys = [...new Set(objects.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster])))];
  const nodes = keys.map((key) => ({ key, settings: settingsOf(key), domain: domains.get(key) }));
  if (nodes.length < 2) return { likely: keys.map((key) => [key]), doubtful: [] };
  const joined = plans.flatMap(joinedIn);
  const certain = grouped(nodes, (node) => certainMarks(node));
  const likely = united(certain, joined);
  return { likely: likely.map(keysOf), doubtful: [...parted(likely, certain), ...possible(likely, joined)] };
}

type Group = readonly Node[];

function keysOf(group: Group): ClusterKeys {
  return group.map(({ key }) => key).toSorted();
}

/** The marks of a node: two nodes with a mark in common are certainly one cluster. */
function certainMarks({ key, settings: { host, port }, domain }: Node): readonly string[] {
  const isTold = [host, port].every(({ kind }) => kind === "constant" || kind === "silent");
  return [
    ...(domain === undefined ? [] : [`domain ${domain}`]),
    isTold ? `at ${JSON.stringify([host, port])}` : `key ${key}`,
  ];
}

/**
 * Joins groups that are probably one cluster: a reference leads from one to the other, or their variables have the same values.
 */
function united(groups: readonly Group[], joined: readonly Join[]): readonly Group[] {
  const nodes = groups.flat();
  const marks = new Map<string, string[]>();
  for (const [index, group] of groups.entries()) for (const { key } of group) marks.set(key, [`group ${index}`]);
  for (const [index, { left, right }] of notApart(nodes, joined).entries()) {
    for (const key of [left, right]) marks.get(key)?.push(`join ${index}`);
  }
  const contradicted = contradictedMarks(nodes);
  return grouped(nodes, (node) => {
    const mark = likelyMark(node);
    return [...(marks.get(node.key) ?? []), ...(contradicted.has(mark) ? [] : [mark])];
  });
}

function notApart(nodes: Group, joined: readonly Join[]): readonly Join[] {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  return joined.filter(({ left, right }) => {
    const [from, to] = [byKey.get(left), byKey.get(right)];
    return from !== undefined && to !== undefined && sameness(from, to) !== "different";
  });
}

/** Variables whose values do not identify a cluster: nodes with different domains share them. */
function contradictedMarks(nodes: Group): ReadonlySet<string> {
  const domains = new Map<string, string>();
  const contradicted = new Set<string>();
  for (const node of nodes) {
    const mark = likelyMark(node);
    const known = domains.get(mark) ?? node.domain;
    if (known !== undefined) domains.set(mark, known);
    if (node.domain !== undefined && node.domain !== known) contradicted.add(mark);
  }
  return contradicted;
}

function likelyMark({ key, settings: { host, port } }: Node): string {
  const number = port.kind === "silent" ? usualPort : "value" in port ? port.value : undefined;
  return "value" in host && number !== undefined ? `likely ${host.value} ${number}` : `key ${key}`;
}

/** Whether two are one cluster: its own domain tells more than where it is. */
function sameness(left: Node, right: Node): Sameness {
  if (left.domain !== undefined && right.domain !== undefined)
    return left.domain === right.domain ? "same" : "different";
  return compareSettings(left.settings, right.settings);
}

/** Parts nodes so that those with a mark in common are together. */
function grouped(nodes: Group, marksOf: (node: Node) => readonly string[]): readonly Group[] {
  const parents = new Map<string, string>();
  const rootOf = (mark: string): string => {
    let root = mark;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    if (root !== mark) parents.set(mark, root);
    return root;
  };
  const marked = nodes.map((node) => ({ node, marks: [`node ${node.key}`, ...marksOf(node)] }));
  for (const { marks } of marked) {
    const [first = "", ...others] = marks.map(rootOf);
    for (const other of others) if (rootOf(other) !== rootOf(first)) parents.set(rootOf(other), rootOf(first));
  }
  const groups = new Map<string, Node[]>();
  for (const { node, marks } of marked) {
    const root = rootOf(marks[0] ?? "");
    const group = groups.get(root) ?? [];
    groups.set(root, group);
    group.push(node);
  }
  return [...groups.values()];
}

/** Groups that are only probably one cluster, divided into their parts, which are judged separately as well. */
function parted(likely: readonly Group[], certain: readonly Group[]): readonly DoubtfulGroup[] {
  const among = new Map(likely.flatMap((group) => group.map(({ key }) => [key, keysOf(group)] as const)));
  return certain.flatMap((group) => {
    const all = among.get(group[0]?.key ?? "") ?? [];
    return all.length === group.length ? [] : [{ keys: keysOf(group), among: all }];
  });
}

/** Groups that may be one cluster, which are judged together as well. */
function possible(groups: readonly Group[], joined: readonly Join[]): readonly DoubtfulGroup[] {
  const named = new Set(joined.flatMap(({ left, right }) => [`${left} ${right}`, `${right} ${left}`]));
  const isPossible = (left: Group, right: Group): boolean =>
    left.some((one) => right.some((other) => isOpen(one, other, named)));
  if (groups.flat().length <= mostCompared) {
    const pairs = groups.flatMap((left, index) =>
      groups.slice(index + 1).flatMap((right) => (isPossible(left, right) ? [[left, right]] : [])),
    );
    if (pairs.length <= mostPairs) return pairs.map(together);
  }
  const open = groups.filter((group) =>
    group.some(({ domain, settings }) => domain === undefined && isUnsure(settings)),
  );
  return open.length === 0 ? [] : [together(groups)];
}

function together(groups: readonly Group[]): DoubtfulGroup {
  const keys = keysOf(groups.flat());
  return { keys, among: keys };
}

function isOpen(left: Node, right: Node, named: ReadonlySet<string>): boolean {
  const isSame = sameness(left, right);
  if (isSame !== "different") return true;
  const isKnown = left.domain !== undefined && right.domain !== undefined;
  return !isKnown && named.has(`${left.key} ${right.key}`);
}

function isUnsure({ host, port }: ClusterSettings): boolean {
  return !("value" in host) || !("value" in port);
}

interface Join {
  readonly left: string;
  readonly right: string;
}

/** Finds references from an object of one provider configuration to an object of another one. */
function joinedIn({ objects, configuration }: Plan): readonly Join[] {
  const clusters = new Map(objects.map(({ address, cluster }) => [address, cluster]));
  const joins = new Map<string, Join>();
  for (const { address, type, mode, cluster } of objects) {
    const attributes = mode === "managed" && Object.hasOwn(references, type) ? (references[type] ?? []) : [];
    for (const attribute of attributes) {
      const behind = new Set(configuration.sourcesOf(address, attribute).map((source) => clusters.get(source)));
      const join = joinOf(cluster, behind);
      if (join !== undefined) joins.set(JSON.stringify(join), join);
    }
  }
  return [...joins.values()];
}

/** What may be behind any of several says nothing of one. */
function joinOf(left: string | undefined, behind: ReadonlySet<string | undefined>): Join | undefined {
  const [right] = behind;
  if (behind.size !== 1 || left === undefined || right === undefined || left === right) return undefined;
  return { left, right };
}

/** The domains of the clusters themselves, as accounts in the state tell them. */
function domainsIn(objects: readonly PlannedObject[]): ReadonlyMap<string, string> {
  const domains = new Map<string, string>();
  for (const { cluster, mode, type, before } of objects) {
    const domain = before === undefined ? undefined : domainOfAccount({ mode, type }, before);
    if (cluster !== undefined && domain !== undefined) domains.set(cluster, domain);
  }
  return domains;
}

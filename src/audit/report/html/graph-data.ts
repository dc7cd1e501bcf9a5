import { riskOf, riskWords } from "../../../access/risk.ts";
import type { AccessSide, ClusterAccess, IdentityAccess, RoleView } from "../../access/access.ts";
import { planNameIn } from "../../plan/plan-name.ts";
import { identityKey, type RankedChange } from "./gravity.ts";
import { identityMark } from "./marks.ts";
import type { Mark, PageGraph, PageIdentity, PageLine, PagePrivilege, PageRole } from "./page-data.ts";
import { tokenMark } from "./token-lives.ts";

/** The privileges of a page, each with one index. */
export class PrivilegeTable {
  readonly #indexes = new Map<string, number>();

  /** The index of a privilege. */
  indexOf(name: string): number {
    const index = this.#indexes.get(name) ?? this.#indexes.size;
    this.#indexes.set(name, index);
    return index;
  }

  /** All privileges that were asked for, in the order of their indexes. */
  list(): readonly PagePrivilege[] {
    const risks = Object.keys(riskWords);
    return [...this.#indexes.keys()].map((name) => ({
      name: name.replace(/^PRIVILEGE_/, ""),
      risk: risks.indexOf(riskOf(name)),
    }));
  }
}

/** What the graph of a cluster is made of. */
export interface GraphSubject {
  readonly access: ClusterAccess;
  /** What changes and how grave it is, by `identityKey`. */
  readonly changes: ReadonlyMap<string, RankedChange & { readonly rank: number }>;
  readonly privileges: PrivilegeTable;
  /** The names of all plans; none where there is only one. */
  readonly plans: readonly string[];
}

/** The graph of one cluster: all that has, gains or loses access. */
export function graphOf(subject: GraphSubject): PageGraph {
  const { cluster, before, after } = subject.access;
  const identityKeys = [...new Set([...before.identities.keys(), ...after.identities.keys()])];
  const roleKeys = [...new Set([...before.roles.keys(), ...after.roles.keys()])];
  const index = {
    identities: new Map(identityKeys.map((key, at) => [key, at])),
    roles: new Map(roleKeys.map((key, at) => [key, at])),
  };
  return {
    cluster,
    identities: identityKeys.flatMap((key) => {
      const known = after.identities.get(key) ?? before.identities.get(key);
      return known === undefined ? [] : [identityOf(known, subject)];
    }),
    roles: roleKeys.map((key) => roleOf(before.roles.get(key), after.roles.get(key), subject)),
    lines: markedLines(linesOf(before, index), linesOf(after, index)),
  };
}

function identityOf({ label, isGroup }: IdentityAccess, subject: GraphSubject): PageIdentity {
  const { access, changes } = subject;
  const known = changes.get(identityKey(access.cluster, label));
  const untouched = { label, isGroup, mark: "kept", needsReview: false, tokens: [] } as const;
  const plans = planIndexes(subject, known?.change.plans ?? access.plans);
  if (known === undefined) return { ...untouched, gravest: 0, gravestNew: 0, rank: changes.size, plans };
  const { change, gravest, rank } = known;
  return {
    label,
    isGroup: isGroup || change.isGroup,
    mark: identityMark(change),
    address: change.address,
    needsReview: change.needsReview,
    gravest: gravest.ofAll,
    gravestNew: gravest.ofNew,
    rank,
    tokens: change.tokens.map(tokenMark),
    plans,
  };
}

function planIndexes({ plans }: GraphSubject, names: readonly string[]): readonly number[] | undefined {
  return plans.length === 0 ? undefined : names.map((name) => plans.indexOf(name));
}

function roleOf(old: RoleView | undefined, now: RoleView | undefined, subject: GraphSubject): PageRole {
  const { privileges, access } = subject;
  const [before, after] = [old ?? unmanaged(now), now ?? unmanaged(old)];
  const [had, has] = [privilegesOf(before), privilegesOf(after)];
  const only = (all: ReadonlySet<string>, keep: (name: string) => boolean): readonly number[] =>
    [...all].filter(keep).map((name) => privileges.indexOf(name));
  const views = [after, before].filter((view) => view !== undefined);
  const declared = views.flatMap(({ address }) => (address === undefined ? [] : (planNameIn(address) ?? [])));
  return {
    name: views.map(({ name }) => name)[0] ?? "",
    mark: roleMark(before, after),
    address: views[0]?.address,
    isComplete: views.every(({ isComplete }) => isComplete),
    plans: planIndexes(subject, declared.length === 0 ? access.plans : [...new Set(declared)]),
    kept: only(has, (name) => had.has(name)),
    added: only(has, (name) => !had.has(name)),
    removed: only(had, (name) => !has.has(name)),
  };
}

function privilegesOf(role: RoleView | undefined): ReadonlySet<string> {
  return role?.privileges ?? new Set();
}

/** What the plan does not manage is there before and after, whoever has it. */
function unmanaged(role: RoleView | undefined): RoleView | undefined {
  return role?.address === undefined ? role : undefined;
}

function roleMark(before: RoleView | undefined, after: RoleView | undefined): Mark {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  const isSame =
    before.privileges.size === after.privileges.size &&
    [...before.privileges].every((name) => after.privileges.has(name));
  return isSame ? "kept" : "changed";
}

interface Index {
  readonly identities: ReadonlyMap<string, number>;
  readonly roles: ReadonlyMap<string, number>;
}

type Line = Omit<PageLine, "mark">;

/** Each line once, by a text that tells it apart. */
function linesOf({ identities }: AccessSide, index: Index): ReadonlyMap<string, Line> {
  const groups = new Map([...identities.values()].filter((it) => it.isGroup).map((it) => [it.label, it.key]));
  const lines = [...identities.values()].flatMap(({ key, grants }) =>
    grants.flatMap(({ role, group }): readonly Line[] => {
      const from = index.identities.get(key);
      const to = group === undefined ? index.roles.get(role.key) : index.identities.get(groups.get(group) ?? "");
      return from === undefined || to === undefined ? [] : [{ kind: group === undefined ? "role" : "group", from, to }];
    }),
  );
  return new Map(lines.map((line) => [`${line.kind} ${line.from} ${line.to}`, line]));
}

function markedLines(before: ReadonlyMap<string, Line>, after: ReadonlyMap<string, Line>): readonly PageLine[] {
  const markOf = (key: string): Mark => {
    if (!before.has(key)) return "added";
    return after.has(key) ? "kept" : "removed";
  };
  return [...new Map([...before, ...after])].map(([key, line]) => ({ ...line, mark: markOf(key) }));
}

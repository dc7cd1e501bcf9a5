import { type Escalation, escalationOf, type Reached } from "../../access/escalation.ts";
import { riskWords } from "../../access/risk.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { AccessSide, IdentityAccess } from "../access/access.ts";
import type { ResolvedAccess } from "../access/resolve.ts";
import { administratorKeyOf, ownRoutesOf, type Route } from "./routes.ts";

/** An escalating privilege that somebody holds. */
interface HeldEscalation {
  readonly privilege: string;
  readonly escalation: Escalation | "unknown";
  readonly route: Route;
}

/** The escalating privileges of somebody, each with the first way to it. */
function escalationsOf(routes: readonly Route[]): readonly HeldEscalation[] {
  const found = new Map<string, HeldEscalation>();
  for (const route of routes) {
    for (const privilege of route.role?.privileges ?? []) {
      const escalation = escalationOf(privilege);
      if (escalation !== undefined && !found.has(privilege)) found.set(privilege, { privilege, escalation, route });
    }
  }
  return [...found.values()];
}

/**
 * The identities that do not have something but can gain it, by key, each with how.
 *
 * @param holders - the keys of all who hold it; the built-in administrator is one of them
 */
export function gainersOf(
  access: ResolvedAccess,
  side: AccessSide,
  holders: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const candidates = [...side.identities.values()]
    .filter(({ key }) => !holders.has(key))
    .map((identity) => ({ identity, held: escalationsOf(ownRoutesOf(access, side, identity.key)) }))
    .filter(({ held }) => held.length > 0);
  const within = new Set(holders);
  // Whoever can come to it is a step for others: until nobody is added.
  for (let size = -1; size !== within.size;) {
    size = within.size;
    const targets = targetsAmong(access, side, within);
    for (const { identity, held } of candidates) {
      if (held.some((one) => leads(one, targets))) within.add(identity.key);
    }
  }
  const targets = targetsAmong(access, side, within);
  return new Map(
    candidates
      .filter(({ identity }) => within.has(identity.key))
      .map(({ identity: { key, label }, held }) => [
        key,
        held.filter((one) => leads(one, targets)).map((one) => renderGain(one, targets, label)),
      ]),
  );
}

/** An identity, and all paths by which it has roles. */
export interface Holder {
  readonly key: string;
  readonly routes: readonly Route[];
}

/** How an identity that is not an administrator can gain more than it has. */
export function gainsOf(access: ResolvedAccess, side: AccessSide, { key, routes }: Holder): readonly string[] {
  const held = escalationsOf(routes);
  if (held.length === 0) return [];
  const own = new Set(routes.flatMap(({ role }) => [...(role?.privileges ?? [])]));
  const stronger = [...side.identities.values()]
    .filter(({ grants }) => grants.some(({ role }) => !isWithin(role.privileges, own)))
    .map((identity) => identity.key);
  const targets = targetsAmong(access, side, new Set(stronger));
  return held.filter((one) => leads(one, targets)).map((one) => renderGain(one, targets, access.registry.labelOf(key)));
}

function isWithin(privileges: ReadonlySet<string>, own: ReadonlySet<string>): boolean {
  for (const privilege of privileges) if (!own.has(privilege)) return false;
  return true;
}

/** Names of those who have it, or can come to it, by how somebody else can take them over. */
type Targets = Readonly<Record<Exclude<Reached, "role">, readonly string[]>>;

function targetsAmong(access: ResolvedAccess, { identities }: AccessSide, keys: ReadonlySet<string>): Targets {
  const administrator = administratorKeyOf(access);
  const among = [...keys].flatMap((key) => identities.get(key) ?? []);
  const users = among.filter(({ key, isGroup }) => !isGroup && key !== administrator).map(({ label }) => label);
  const admin = access.registry.labelOf(administrator);
  return {
    user: [admin, ...users],
    "local-user": [admin, ...users.filter(isLocal)],
    "local-group": among.filter(({ isGroup, label }) => isGroup && isLocal(label)).map(({ label }) => label),
  };
}

function isLocal(label: IdentityAccess["label"]): boolean {
  return !/^(?:ad|ldap_user|ldap_group|world|name|sid|uid|gid|auth_id):/.test(label);
}

function leads({ escalation }: HeldEscalation, targets: Targets): boolean {
  if (escalation === "unknown" || escalation.reaches === "role") return true;
  return targets[escalation.reaches].length > 0;
}

const mostTargets = 3;

function renderGain({ privilege, escalation, route }: HeldEscalation, targets: Targets, own: string): string {
  return `${privilege} by ${route.text}: ${renderEscalation(escalation, targets, own)}`;
}

function renderEscalation(escalation: Escalation | "unknown", targets: Targets, own: string): string {
  if (escalation === "unknown") return riskWords.escalation.meaning;
  if (escalation.reaches === "role") return "can put any privilege into a role, and itself too";
  const others = targets[escalation.reaches].filter((label) => label !== own);
  return `${escalation.can} ${listed(others, { most: mostTargets })}`;
}

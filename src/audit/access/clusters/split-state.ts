import { listed } from "../../../vocabulary/listed.ts";
import { type Attributes, knownOf, readObject, readText } from "../../plan/attributes.ts";
import type { Plan, PlannedObject } from "../../plan/plan.ts";
import { allNeeds, type Gap } from "../gap.ts";
import { isLocalId, keysOfIdentity, partsOfSidKey } from "../identity-keys.ts";

/**
 * Divides the objects of a state by cluster. A state does not name provider configurations, but each cluster has a domain of
 * its own, so the SIDs of the accounts show which cluster an object is on. An object that names no account could be on any of
 * them, and gets no cluster.
 */
export function splitState(plan: Plan): Plan {
  const { objects } = plan;
  if (!isUnplaced(plan)) return plan;
  const domains = new Set(objects.flatMap((object) => domainOfAccount(object, object.before) ?? []));
  if (domains.size < 2) return plan;
  const clusterOf = (object: PlannedObject): string | undefined => {
    const domain = domainOfAccount(object, object.before) ?? domainOfSid(sidIn(object));
    return domain === undefined || !domains.has(domain) ? undefined : `domain ${domain.toUpperCase()}`;
  };
  return { ...plan, objects: objects.map((object) => ({ ...object, cluster: object.cluster ?? clusterOf(object) })) };
}

/** Whether nothing but its objects tells where these are: a state by itself. */
export function isUnplaced({ kind, configuration }: Plan): boolean {
  return kind === "state" && Object.keys(configuration.providers).length === 0;
}

/** The domain of the cluster itself, where an account of it tells. */
export function domainOfAccount(
  { mode, type }: Pick<PlannedObject, "mode" | "type">,
  account: Attributes | undefined,
): string | undefined {
  if (mode !== "managed" || !accountTypes.has(type) || account === undefined) return undefined;
  const [id, sid] = [knownOf(readText(account, "id")), knownOf(readText(account, "sid"))];
  if (id === undefined || sid === undefined || !isLocalId(id)) return undefined;
  const parts = partsOf(sid);
  return parts?.account === id ? parts.domain : undefined;
}

function domainOfSid(sid: string | undefined): string | undefined {
  return sid === undefined ? undefined : partsOf(sid)?.domain;
}

function partsOf(sid: string): ReturnType<typeof partsOfSidKey> {
  return keysOfIdentity({ sid }).map(partsOfSidKey)[0];
}

/** Whom a membership or an access token is for. */
function sidIn({ type, before }: PlannedObject): string | undefined {
  if (before === undefined) return undefined;
  const identity = type === "qumulo_access_token" ? knownOf(readObject(before, "identity")) : before;
  return identity && knownOf(readText(identity, "sid"));
}

/** What one plan has on a cluster. */
interface Part {
  readonly plan: Plan;
  readonly objects: readonly PlannedObject[];
}

/** The gaps for objects of a state with several clusters that could be on any of them; such objects count on each. */
export function openStates(parts: readonly Part[]): readonly Gap[] {
  return parts.flatMap(({ plan, objects }) => {
    const open = objects.filter(({ cluster, mode }) => cluster === undefined && mode === "managed");
    const isOpen = isUnplaced(plan) && open.length > 0 && open.length < objects.length;
    return isOpen ? [openStateGap(plan.name ?? "The state", open)] : [];
  });
}

function openStateGap(name: string, open: readonly PlannedObject[]): Gap {
  const which = listed(
    open.map(({ address }) => address),
    { most: 8 },
  );
  return {
    address: undefined,
    what: `${name} is of several clusters, by the SIDs of its accounts, and does not tell on which of them ${which} ${open.length === 1 ? "is: it counts" : "are: these count"} on each.`,
    lacks: allNeeds,
    got: "a state of several clusters",
    todo: "Audit a plan of the same configuration: that tells which provider configuration each resource has.",
  };
}

const accountTypes: ReadonlySet<string> = new Set(["qumulo_local_user", "qumulo_local_group"]);

import { isAnswer, unlessAnswered } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import { findNamed } from "../../client/find-named.ts";
import type { Identity } from "../../client/identities.ts";
import type { LocalGroup } from "../../client/local-groups.ts";
import type { LocalUser } from "../../client/local-users.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import type { Reach } from "../connection.ts";
import type { PlannedName } from "../run/planned-names.ts";

/** The identity that a reference means at one moment. */
export type Meaning =
  | { readonly kind: "somebody"; readonly identity: Identity }
  /** An account that this run makes; its id is decided during apply. */
  | { readonly kind: "made" }
  | { readonly kind: "nobody" }
  /** The provider's own account may not look. */
  | { readonly kind: "hidden" };

/** The privileges of which one is needed to look up what a name means. */
export const meaningPrivileges = "PRIVILEGE_LOCAL_USER_READ and PRIVILEGE_LOCAL_GROUP_READ, or PRIVILEGE_IDENTITY_READ";

/**
 * Whether a reference can come to mean another account. An `auth_id` and a SID belong to one account for ever; names and POSIX
 * ids can be given to another.
 */
export function canChangeMeaning({ authId, sid }: IdentityReference): boolean {
  return authId === undefined && sid === undefined;
}

/**
 * Finds the identity that a reference means on the cluster now.
 *
 * Local names are looked up in the lists of users and groups, which all look-ups of a run share. The cluster's own look-up is
 * not used for them, because it may still know the account that had the name before, and refuse.
 */
export async function findMeaning(cluster: Cluster, reference: IdentityReference): Promise<Meaning> {
  const name = localNameIn(reference);
  const local = name === undefined ? "hidden" : await findLocal(cluster, name);
  if (local !== "hidden" && local !== undefined) return { kind: "somebody", identity: local };
  if (local === undefined && reference.domain === "LOCAL") return { kind: "nobody" };
  return findByCluster(cluster, reference);
}

/**
 * Finds the identity that a reference will mean once the changes that this run has planned are made.
 *
 * @see PlannedNames
 */
export async function findPlannedMeaning(reach: Reach, reference: IdentityReference): Promise<Meaning> {
  const { cluster } = reach;
  const planned = findPlannedName(reach, reference);
  if (planned === undefined) return findMeaning(cluster, reference);
  if (planned.kind === "made") return planned;
  if (planned.kind === "given") return findMeaning(cluster, { authId: planned.authId });
  return reference.domain === "LOCAL" ? { kind: "nobody" } : findByCluster(cluster, reference);
}

/**
 * What this run does to the name of a reference that consists only of a name; `undefined` if it does nothing to it.
 *
 * Nothing is asked of the cluster, so that planning again while applying finds the same; only an account that this run
 * has made by then is known by its id.
 */
export function findPlannedName(
  { memory }: Pick<Reach, "memory">,
  reference: IdentityReference,
): PlannedName | undefined {
  const name = localNameIn(reference);
  const planned = name === undefined ? undefined : memory.plannedNames.find(name);
  if (name === undefined || planned?.kind !== "made") return planned;
  const authId = memory.localUsers.findCreated({ name });
  return authId === undefined ? planned : { kind: "given", authId };
}

/** The name in a reference that consists only of a name, if that may be the name of a local user or group. */
export function localNameIn(reference: IdentityReference): string | undefined {
  const { name, domain } = reference;
  return (domain === undefined || domain === "LOCAL") && canChangeMeaning(reference) ? name : undefined;
}

/**
 * Finds the local user or group of a name in the lists that all look-ups of a run share.
 *
 * @returns `hidden` when it is in no list that the provider's own account may read, and there is one that it may not
 */
export async function findLocal(cluster: Cluster, name: string): Promise<Identity | "hidden" | undefined> {
  const users = await unlessAnswered([403], async () => cluster.localUsers.list());
  const user = users && findNamed(users, name);
  if (user !== undefined) return userIdentity(user);
  const groups = await unlessAnswered([403], async () => cluster.localGroups.list());
  const group = groups && findNamed(groups, name);
  if (group !== undefined) return groupIdentity(group);
  return users === undefined || groups === undefined ? "hidden" : undefined;
}

async function findByCluster(cluster: Cluster, reference: IdentityReference): Promise<Meaning> {
  try {
    const identity = await cluster.identities.get(reference);
    // A name without an account behind it is what is left of one that was deleted.
    const isLeftOver = reference.name !== undefined && identity.name === undefined;
    return isLeftOver ? { kind: "nobody" } : { kind: "somebody", identity };
  } catch (error) {
    if (isAnswer(error, 403)) return { kind: "hidden" };
    if (isAnswer(error, 400, 404)) return { kind: "nobody" };
    throw error;
  }
}

function userIdentity({ id, name, sid, uid }: LocalUser): Identity {
  return { domain: "LOCAL", authId: id, uid: posixId(uid), gid: undefined, sid, name };
}

function groupIdentity({ id, name, sid, gid }: LocalGroup): Identity {
  return { domain: "LOCAL", authId: id, uid: undefined, gid: posixId(gid), sid, name };
}

function posixId(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : Number(text);
}

import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import type { Json } from "../../framework/json.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { canChangeMeaning, findLocal, findMeaning, localNameIn, type Meaning } from "./meaning.ts";
import { isSameMemberName } from "./same-identity.ts";

/** Whom a reference means now that meant a certain identity when it was given, as far as the cluster tells. */
export type MeaningNow =
  | { readonly kind: "same" }
  | { readonly kind: "other"; readonly authId: string }
  | { readonly kind: "nobody" }
  /** Somebody else or nobody, which the provider's own account may not see. */
  | { readonly kind: "hidden" }
  /** Perhaps the same: the provider's own account may not look. */
  | { readonly kind: "unchecked" };

/** A meaning that is not what it was, or may not be. */
export type ChangedMeaning = Exclude<MeaningNow, { readonly kind: "same" }>;

/**
 * Whether an identity carries just what a reference names it by, so that nobody has to be asked whether that is whom it
 * means: no two accounts of a domain have one name.
 */
export function isNamedBy({ domain = "LOCAL", name, uid, gid }: IdentityReference, identity: Identity): boolean {
  if (domain !== identity.domain) return false;
  return (
    (name === undefined || name.toLowerCase() === identity.name?.toLowerCase()) &&
    (uid === undefined || uid === identity.uid) &&
    (gid === undefined || gid === identity.gid)
  );
}

/** Whether that is so of the identity that a reference meant before: a directory's name may have been given without it. */
function isStillNamedBy(reference: IdentityReference, held: Identity): boolean {
  const { name } = reference;
  const isSame = name !== undefined && held.name !== undefined && isSameMemberName(name, held.name);
  const isBare = isSame && held.domain !== "LOCAL";
  return isNamedBy(isBare ? { ...reference, name: held.name } : reference, held);
}

/**
 * Finds whom a reference means now.
 *
 * The cluster is asked only where what it tells of the identity does not decide: a member whose name is still the one that
 * was given costs no request.
 *
 * @param held - the identity that the reference meant when it was given, as the cluster knows it now
 */
export async function findMeaningNow(
  cluster: Cluster,
  reference: IdentityReference,
  held: Identity,
): Promise<MeaningNow> {
  if (!canChangeMeaning(reference) || isStillNamedBy(reference, held)) return { kind: "same" };
  const isBare = reference.domain === undefined && held.domain !== undefined;
  if (isBare && isStillNamedBy({ ...reference, domain: held.domain }, held))
    return findInFront(cluster, reference, held);
  return compare(await findMeaning(cluster, reference), held);
}

function compare(meaning: Meaning, held: Identity): MeaningNow {
  switch (meaning.kind) {
    case "somebody":
      return meantNow(meaning.identity, held);
    case "nobody":
      return { kind: "nobody" };
    case "made":
    case "hidden":
      // A name of a directory can be written in ways that the cluster's answer does not tell.
      return { kind: held.domain === "LOCAL" || held.name === undefined ? "hidden" : "unchecked" };
  }
}

function meantNow({ authId }: Identity, held: Identity): MeaningNow {
  return authId === held.authId ? { kind: "same" } : { kind: "other", authId };
}

/** A bare name of a directory means a local account as soon as there is one. */
async function findInFront(cluster: Cluster, reference: IdentityReference, held: Identity): Promise<MeaningNow> {
  const name = localNameIn(reference);
  const local = name === undefined ? undefined : await findLocal(cluster, name);
  if (local === undefined || local === "hidden") return { kind: "same" };
  return meantNow(local, held);
}

/** Writes a changed meaning as private state keeps it. */
export function encodeMeaning(meaning: ChangedMeaning): string {
  return meaning.kind === "other" ? meaning.authId : meaning.kind;
}

/** Reads what {@link encodeMeaning} wrote; `undefined` for everything else. */
export function decodeMeaning(json: Json | undefined): ChangedMeaning | undefined {
  if (typeof json !== "string") return undefined;
  if (/^\d+$/.test(json)) return { kind: "other", authId: json };
  return json === "nobody" || json === "hidden" || json === "unchecked" ? { kind: json } : undefined;
}

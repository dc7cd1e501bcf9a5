import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import type { Json } from "../../framework/json.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { canChangeMeaning, findLocal, findMeaning, localNameIn, type Meaning } from "./meaning.ts";
import { isSameMemberName } from "./same-identity.ts";

/**
 * What a reference means now, compared with the identity that it meant when the practitioner wrote it, as far as the cluster
 * tells.
 */
export type MeaningNow =
  | { readonly kind: "same" }
  | { readonly kind: "other"; readonly authId: string }
  | { readonly kind: "nobody" }
  /** Another identity or none; the provider's own account may not see which. */
  | { readonly kind: "hidden" }
  /** Possibly the same identity: the provider's own account may not look it up. */
  | { readonly kind: "unchecked" };

/** A meaning that is not what it was, or may not be. */
export type ChangedMeaning = Exclude<MeaningNow, { readonly kind: "same" }>;

/**
 * Whether an identity has exactly the fields that a reference names, so that the reference must mean it and the cluster need
 * not be asked: two accounts of a domain cannot have the same name.
 */
export function isNamedBy({ domain = "LOCAL", name, uid, gid }: IdentityReference, identity: Identity): boolean {
  if (domain !== identity.domain) return false;
  return (
    (name === undefined || name.toLowerCase() === identity.name?.toLowerCase()) &&
    (uid === undefined || uid === identity.uid) &&
    (gid === undefined || gid === identity.gid)
  );
}

/**
 * The same for the identity that a reference meant before. A name from a directory may have been written without the directory.
 */
function isStillNamedBy(reference: IdentityReference, held: Identity): boolean {
  const { name } = reference;
  const isSame = name !== undefined && held.name !== undefined && isSameMemberName(name, held.name);
  const isBare = isSame && held.domain !== "LOCAL";
  return isNamedBy(isBare ? { ...reference, name: held.name } : reference, held);
}

/**
 * Finds what a reference means now.
 *
 * The cluster is asked only if the known fields of the identity do not decide it: a member that still has the name that was
 * written needs no request.
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

/** Looks for a local account that now has a directory's bare name: a bare name means a local account if there is one. */
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

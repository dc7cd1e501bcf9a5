import { isAnswer } from "../../../client/cluster-error.ts";
import type { Cluster } from "../../../client/cluster.ts";
import type { IdentityReference } from "../../../vocabulary/identity-text.ts";
import type { Reach } from "../../connection.ts";
import { canChangeMeaning, findPlannedMeaning } from "../../identity/meaning.ts";
import type { Subject } from "../../rights/administrators.ts";
import { referenceOf } from "./user-text.ts";

/** The user of a token, as far as that is known while planning; `hidden` when the provider's own account may not look. */
export type TokenUser = Subject | { readonly kind: "hidden"; readonly reference: IdentityReference };

/** Finds who the user of a token is, by the text of the practitioner or by an auth_id. */
export async function findTokenUser(reach: Reach, user: string | IdentityReference | undefined): Promise<TokenUser> {
  const reference = typeof user === "string" ? referenceOf(user) : user;
  if (reference === undefined) return { kind: "undecided" };
  const created = reach.memory.localUsers.findCreated(reference);
  if (created !== undefined) return { kind: "created", identity: { domain: "LOCAL", ...reference, authId: created } };
  const exact = await findExact(reach, reference);
  return exact === undefined ? { kind: "absent", identity: reference } : expand(reach.cluster, exact);
}

/**
 * The account that a name means; `undefined` for an account that this run creates, because another one with that name may still
 * exist.
 */
async function findExact(reach: Reach, reference: IdentityReference): Promise<IdentityReference | undefined> {
  if (!canChangeMeaning(reference)) return reference;
  const meaning = await findPlannedMeaning(reach, reference);
  if (meaning.kind === "somebody") return { authId: meaning.identity.authId };
  return meaning.kind === "hidden" ? reference : undefined;
}

async function expand(cluster: Cluster, reference: IdentityReference): Promise<TokenUser> {
  try {
    return { kind: "known", expanded: await cluster.identities.expand(reference) };
  } catch (error) {
    if (isAnswer(error, 403)) return { kind: "hidden", reference };
    if (isAnswer(error, 400, 404)) return { kind: "absent", identity: reference };
    throw error;
  }
}

import { isAnswer } from "../../client/cluster-error.ts";
import type { OperationContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import type { Subject } from "../administrators.ts";
import type { Connection } from "../connection.ts";
import { referenceOf } from "./user-text.ts";

/** What asking the cluster while planning needs. */
export type PlanReach = Pick<OperationContext, "signal"> & { readonly client: Connection };

/** The user of a token, as far as that is known while planning; `hidden` when the own account may not look. */
export type TokenUser = Subject | { readonly kind: "hidden"; readonly reference: IdentityReference };

/** Finds who the user of a token is, by the text of the practitioner or by an auth_id. */
export async function findTokenUser(
  { client, signal }: PlanReach,
  user: string | IdentityReference | undefined,
): Promise<TokenUser> {
  const reference = typeof user === "string" ? referenceOf(user) : user;
  if (reference === undefined) return { kind: "undecided" };
  const created = client.memory.findCreatedUser(reference);
  if (created !== undefined) return { kind: "created", identity: { domain: "LOCAL", ...reference, authId: created } };
  try {
    return { kind: "known", expanded: await client.cluster.until(signal).identities.expand(reference) };
  } catch (error) {
    if (isAnswer(error, 403)) return { kind: "hidden", reference };
    if (isAnswer(error, 400, 404)) return { kind: "absent", identity: reference };
    throw error;
  }
}

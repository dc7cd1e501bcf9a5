import type { ClusterError } from "../../client/cluster-error.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import type { Meaning } from "../identity/meaning.ts";

/** Says that the cluster cannot find the member. */
export function unresolvedMember(member: IdentityReference, cause: ClusterError): DiagnosticError {
  const { attribute } = namingOf(member);
  return new DiagnosticError(
    {
      summary: "Role member cannot be found",
      detail: `${describeFailure(cause)} Check that ${attribute} names an existing user or group, and that the other attributes mean the same one.`,
      attribute: [attribute],
    },
    { cause },
  );
}

/** Says that the name of a member means another while applying than the plan was made for. */
export function meantOtherwise(
  member: IdentityReference,
  { authId, meaning }: { readonly authId: string; readonly meaning: Meaning },
): DiagnosticError {
  const { attribute, text } = namingOf(member);
  const now = meaning.kind === "somebody" ? `auth_id ${meaning.identity.authId}` : "nobody that this account can see";
  return new DiagnosticError({
    summary: "The name means a different account than in the plan",
    detail: `${attribute} is "${text}", which meant auth_id ${authId} when the plan was made, and now means ${now}. Nothing was changed. Run a plan again, and apply it if it is still what you want.`,
    attribute: [attribute],
  });
}

/** The attribute that a member is named by, the exact ones first. */
function namingOf({ authId, name, sid, uid, gid }: IdentityReference): {
  readonly attribute: string;
  readonly text: string;
} {
  const all = { auth_id: authId, name, sid, uid, gid };
  const given = Object.entries(all).find(([, value]) => value !== undefined);
  return { attribute: given?.[0] ?? "name", text: String(given?.[1] ?? "") };
}

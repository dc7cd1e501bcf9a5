import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { ExpandedIdentity } from "../../client/identities.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { referenceIn } from "./identity-text.ts";

/** A text that names an identity, and its place in the configuration. */
export interface IdentityText {
  readonly text: string;
  readonly attribute: string;
}

/**
 * Finds the identity that a text means.
 *
 * @throws {DiagnosticError} at the attribute, when the identity does not exist; and for every other failure
 */
export async function getIdentity(cluster: Cluster, identity: IdentityText): Promise<ExpandedIdentity> {
  const summary = `Identity ${identity.text} could not be looked up`;
  return withDiagnostics({ summary, privilege: "PRIVILEGE_IDENTITY_READ" }, async () =>
    expandIdentity(cluster, identity),
  );
}

/**
 * Like {@link getIdentity}, for callers that can do without an answer.
 *
 * @throws {ClusterError} for every failure except that the identity does not exist
 */
export async function expandIdentity(cluster: Cluster, { text, attribute }: IdentityText): Promise<ExpandedIdentity> {
  const reference = referenceIn(text, attribute);
  try {
    return await cluster.identities.expand(reference);
  } catch (error) {
    if (!isAnswer(error, 400)) throw error;
    const detail = `${attribute} is "${text}", and the cluster finds nobody with that name or id. ${describeFailure(error)} Check the spelling and the domain ("local:svc" and "ad:svc" are different accounts), or create the user or group first and refer to it.`;
    throw new DiagnosticError({ summary: "No such identity", detail, attribute: [attribute] }, { cause: error });
  }
}

import { ClusterError } from "../../client/cluster-error.ts";
import type { Attempt as PlainAttempt } from "../../connection/fault.ts";
import type { AttributePath } from "../../framework/attribute-path.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { faultDiagnostic } from "../configuration/fault-diagnostic.ts";

/** What was tried, for the message of its failure. */
export interface Attempt extends PlainAttempt {
  /** The attribute at fault when the cluster refuses with 400, where only one can be. */
  readonly attribute?: AttributePath;
}

/**
 * Does something on the cluster, and says what failed, what the cluster answered and what to do next when that fails.
 *
 * @throws {DiagnosticError} for every failure of the cluster
 */
export async function withDiagnostics<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    const { attribute } = attempt;
    const isAtAttribute = attribute !== undefined && error.kind === "answer" && error.status === 400;
    const text = faultDiagnostic({ kind: "request-failed", attempt, error });
    throw new DiagnosticError({ ...text, ...(isAtAttribute ? { attribute } : {}) }, { cause: error });
  }
}

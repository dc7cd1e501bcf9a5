import { ClusterError } from "../client/cluster-error.ts";
import type { AttributePath } from "../framework/attribute-path.ts";
import { DiagnosticError } from "../framework/diagnostics.ts";

/** What was tried, for the message of its failure. */
export interface Attempt {
  /** What failed, in one line: `Role backup-operator could not be created`. */
  readonly summary: string;
  /** The privilege that the provider's own account needs for it. */
  readonly privilege: string;
  /** The attribute at fault when the cluster refuses with 400, where only one can be. */
  readonly attribute?: AttributePath;
}

/**
 * Does something on the cluster, and says it well when that fails.
 *
 * @throws {DiagnosticError} for every failure of the cluster
 */
export async function explained<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClusterError) throw explain(error, attempt);
    throw error;
  }
}

/** The message for a failure of the cluster: what failed, what the cluster said, what to do next. */
function explain(error: ClusterError, attempt: Attempt): DiagnosticError {
  const { summary, attribute } = attempt;
  const detail = `${whatHappened(error)} ${nextStep(error, attempt)}`;
  const isAtAttribute = attribute !== undefined && error.kind === "answer" && error.status === 400;
  return new DiagnosticError({ summary, detail, ...(isAtAttribute ? { attribute } : {}) }, { cause: error });
}

/** What the cluster said, in one or two sentences. */
export function whatHappened(error: ClusterError): string {
  // An answer that was not believed is described by what is wrong with it.
  const isOdd = error.kind === "unreadable-answer" || (error.status ?? 0) < 300;
  if (error.status === undefined || isOdd) return `${upperFirst(error.message)}.`;
  const said = [error.errorClass, error.description].filter((part) => part !== undefined).join(": ");
  const answer = `The cluster answered ${error.method} ${error.path} with ${error.status}`;
  return said === "" ? `${answer}.` : `${answer}: ${withoutStop(said)}.`;
}

function nextStep(error: ClusterError, attempt: Attempt): string {
  switch (error.kind) {
    case "answer":
      return nextStepAfter(error.status ?? 0, attempt);
    case "unreachable":
    case "timeout":
      return "Check that the cluster can be reached, then run the same command again.";
    case "tls":
      return "The certificate was accepted before and is not any more: check it, and the provider's certificate settings.";
    case "unreadable-answer":
      return "Something between the provider and the cluster may have answered in its place, or this version of Qumulo Core is not known to the provider.";
    case "outcome-unknown":
      return "Whether it was carried out is unknown. The next plan shows it: run it, and look before you apply.";
    case "aborted":
      return "The engine asked to stop. Run the same command again.";
  }
}

function nextStepAfter(status: number, attempt: Attempt): string {
  switch (status) {
    case 400:
      return "Change what the cluster refuses, then run the same command again.";
    case 401:
      return "The provider's login or bearer token is not accepted any more: it may have expired, or been disabled or deleted. Give valid credentials in the provider's configuration.";
    case 403:
      return `The provider's own account needs ${attempt.privilege} for this. Grant it a role with that privilege, or use another account.`;
    case 404:
      return "It is not there, or not any more. Run a plan to see what is.";
    case 409:
      return "Something that exists already is in the way.";
    case 412:
      return "It has changed since it was read. Run a plan to see how, then apply again.";
    default:
      return "Run the same command again; if it stays so, look at the state of the cluster.";
  }
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function withoutStop(text: string): string {
  return text.replace(/\.+$/, "");
}

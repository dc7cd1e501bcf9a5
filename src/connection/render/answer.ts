import type { ClusterError } from "../../client/cluster-error.ts";
import { upperFirst } from "../../vocabulary/upper-first.ts";
import type { Attempt } from "../fault.ts";
import type { FaultText, Words } from "./words.ts";

/** A failed request: what failed, what the cluster said, what to do next. */
export function requestText(error: ClusterError, attempt: Attempt, words: Words): FaultText {
  return { summary: attempt.summary, detail: `${describeFailure(error)} ${nextStep(error, attempt, words)}` };
}

/** What the cluster said, or why it could not be heard, in one or two sentences. */
export function describeFailure(error: ClusterError): string {
  // An answer that was not believed is described by what is wrong with it.
  const isOdd = error.kind === "unreadable-answer" || (error.status ?? 0) < 300;
  if (error.status === undefined || isOdd) return `${upperFirst(error.message)}.`;
  const said = [error.errorClass, error.description].filter((part) => part !== undefined).join(": ");
  const answer = `The cluster answered ${error.method} ${error.path} with ${error.status}`;
  return said === "" ? `${answer}.` : `${answer}: ${withoutStop(said)}.`;
}

function nextStep(error: ClusterError, attempt: Attempt, words: Words): string {
  switch (error.kind) {
    case "answer":
      return nextStepAfter(error.status ?? 0, attempt, words);
    case "unreachable":
    case "timeout":
      return "Check that the cluster can be reached, then run the same command again.";
    case "tls":
      return "The certificate was accepted before and no longer is: check it, and the settings for certificates.";
    case "unreadable-answer":
      return "A proxy may have answered in place of the cluster, or this version of Qumulo Core may be too new: look for a newer version of the provider.";
    case "outcome-unknown":
      return "Nobody knows whether the cluster carried it out. Run a plan, and read it before you apply.";
    case "aborted":
      return `${words.stopped}Run the same command again.`;
  }
}

function nextStepAfter(status: number, { privilege }: Attempt, words: Words): string {
  switch (status) {
    case 400:
      return "Change what the cluster refuses, then run the same command again.";
    case 401:
      return `The login or bearer token is no longer accepted: it may have expired, or been disabled or deleted. Give valid credentials ${words.credentialsPlace}.`;
    case 403:
      return `${words.account} needs ${privilege} for this. Grant it a role with that privilege, or use another account.`;
    case 404:
      return "It does not exist, or no longer exists. Run a plan to see what is there.";
    case 409:
      return "It conflicts with something that exists already. Rename one of the two, or import what exists.";
    case 412:
      return "It has changed since it was read. Run a plan to see how, then apply again.";
    default:
      return "Run the same command again; if it keeps failing, check the health of the cluster.";
  }
}

function withoutStop(text: string): string {
  return text.replace(/\.+$/, "");
}

import type { Cluster } from "../../client/cluster.ts";
import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { LocalUser, LocalUserSettings } from "../../client/local-users.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Secret } from "../../vocabulary/secret.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";

/** A user's settings, with a password in any case. */
type NewUser = LocalUserSettings & { readonly password: Secret };

/**
 * Creates a local user, also when the cluster's answer is lost: then it looks for the user and takes it over if that can
 * be proven to be its own, by the random password that nobody else knows (`isOwnPassword`).
 *
 * @throws {DiagnosticError} when the cluster refuses, or a user is there that may be somebody else's
 */
export async function createLocalUser(
  cluster: Cluster,
  settings: NewUser,
  { isOwnPassword }: { readonly isOwnPassword: boolean },
): Promise<LocalUser> {
  const summary = `Local user ${settings.name} could not be created`;
  return explained({ summary, privilege: "PRIVILEGE_LOCAL_USER_WRITE" }, async () => {
    try {
      return await cluster.localUsers.create(settings);
    } catch (error) {
      if (isAnswer(error, 400, 409)) throw (await duplicate(cluster, settings.name, error)) ?? error;
      if (!isOutcomeUnknown(error)) throw error;
      const found = await cluster.localUsers.findByName(settings.name);
      // Names are unique: even if the first request is carried out late, there will be one user of that name.
      if (found === undefined) return cluster.localUsers.create(settings);
      if (isOwnPassword && (await cluster.sessions.isPassword(found.name, settings.password))) return found;
      throw unproven(found, error);
    }
  });
}

async function duplicate(cluster: Cluster, name: string, refusal: ClusterError): Promise<DiagnosticError | undefined> {
  const existing = await cluster.localUsers.findByName(name).catch((error: unknown) => {
    // The refusal itself is what there is to report when nothing more can be found out.
    if (isAnswer(error, 403)) return undefined;
    throw error;
  });
  if (existing !== undefined) return taken(existing);
  if (refusal.status !== 409) return undefined;
  return new DiagnosticError({
    summary: `Local user ${name} could not be created`,
    detail: `${whatHappened(refusal)} Users and groups share one set of names, and each uid belongs to one user. Choose another name or uid.`,
    attribute: ["name"],
  });
}

function taken(existing: LocalUser): DiagnosticError {
  return new DiagnosticError({
    summary: "Local user exists already",
    detail: `The cluster has a local user named "${existing.name}" with the id ${existing.id}. Choose another name, or manage that user from here by importing it with the id "${existing.id}".`,
    attribute: ["name"],
  });
}

function unproven(found: LocalUser, cause: ClusterError): DiagnosticError {
  const detail = `${whatHappened(cause)} Now the cluster has a local user "${found.name}" with the id ${found.id}, and nothing proves that this request made it. If it is yours, import it with the id "${found.id}"; otherwise choose another name.`;
  return new DiagnosticError(
    { summary: "Whether the local user was created is unknown", detail, attribute: ["name"] },
    { cause },
  );
}

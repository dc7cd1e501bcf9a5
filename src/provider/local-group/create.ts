import type { Cluster } from "../../client/cluster.ts";
import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { LocalGroup, LocalGroupSettings } from "../../client/local-groups.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";

/**
 * Creates a local group. When the cluster's answer is lost, it looks: a group that is there then may be somebody else's,
 * and is left alone.
 *
 * @throws {DiagnosticError} when the cluster refuses, or a group is there that may be somebody else's
 */
export async function createLocalGroup(cluster: Cluster, settings: LocalGroupSettings): Promise<LocalGroup> {
  const summary = `Local group ${settings.name} could not be created`;
  return explained({ summary, privilege: "PRIVILEGE_LOCAL_GROUP_WRITE" }, async () => {
    try {
      return await cluster.localGroups.create(settings);
    } catch (error) {
      if (isAnswer(error, 409)) throw await duplicate(cluster, settings, error);
      if (!isOutcomeUnknown(error)) throw error;
      const found = await cluster.localGroups.findByName(settings.name);
      // Names are unique: even if the first request is carried out late, there will be one group of that name.
      if (found === undefined) return cluster.localGroups.create(settings);
      throw unproven(found, error);
    }
  });
}

async function duplicate(
  cluster: Cluster,
  { name, gid }: LocalGroupSettings,
  refusal: ClusterError,
): Promise<DiagnosticError> {
  const existing = await cluster.localGroups.list().catch((error: unknown) => {
    // The refusal itself is what there is to report when nothing more can be found out.
    if (isAnswer(error, 403)) return [];
    throw error;
  });
  const sameName = existing.find((group) => group.name.toLowerCase() === name.toLowerCase());
  if (sameName !== undefined) return taken(sameName);
  const sameGid = gid === undefined ? undefined : existing.find((group) => group.gid === gid);
  if (sameGid !== undefined) return gidTaken(sameGid);
  return new DiagnosticError({
    summary: `Local group ${name} could not be created`,
    detail: `${whatHappened(refusal)} Users and groups share one set of names. Choose another name.`,
    attribute: ["name"],
  });
}

function taken({ name, id }: LocalGroup): DiagnosticError {
  return new DiagnosticError({
    summary: "Local group exists already",
    detail: `The cluster has a local group named "${name}" with the id ${id}. Choose another name, or manage that group from here by importing it with the id "${id}".`,
    attribute: ["name"],
  });
}

function gidTaken({ name, id, gid = "" }: LocalGroup): DiagnosticError {
  return new DiagnosticError({
    summary: "gid is taken",
    detail: `gid is "${gid}", which belongs to the local group "${name}" with the id ${id}. Choose another gid, or leave it out.`,
    attribute: ["gid"],
  });
}

function unproven({ name, id }: LocalGroup, cause: ClusterError): DiagnosticError {
  const detail = `${whatHappened(cause)} Now the cluster has a local group "${name}" with the id ${id}, and nothing proves that this request made it. If it is yours, import it with the id "${id}"; otherwise choose another name.`;
  return new DiagnosticError(
    { summary: "Whether the local group was created is unknown", detail, attribute: ["name"] },
    { cause },
  );
}

import { type ClusterError, isAnswer, unlessAnswered } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { LocalGroup, LocalGroupSettings } from "../../client/local-groups.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError, type Diagnostics } from "../../framework/diagnostics.ts";
import type { CreateContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createSurely, takenOver } from "../operation/creation.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { type LocalGroupModel, settingsOf, toModel, wantedOf } from "./model.ts";
import { localGroupPrivileges } from "./needed-privileges.ts";
import type { LocalGroupSchema } from "./schema.ts";

/** Creates a local group. */
export async function createLocalGroup({
  planned,
  client,
  signal,
  diagnostics,
}: CreateContext<LocalGroupSchema, Connection>): Promise<LocalGroupModel> {
  const wanted = wantedOf(planned);
  return toModel(await makeGroup(client.writes.until(signal), settingsOf(wanted), diagnostics), wanted);
}

/**
 * Makes a group on the cluster. When the cluster's answer is lost, it looks: a group that was not there before, is exactly as
 * asked for and has no members is taken over with a warning; any other may be somebody else's, and is left alone.
 *
 * @throws {DiagnosticError} when the cluster refuses, or a group is there that may be somebody else's
 */
async function makeGroup(
  cluster: Cluster,
  settings: LocalGroupSettings,
  diagnostics: Diagnostics,
): Promise<LocalGroup> {
  const { localGroups } = cluster;
  const find = async (): Promise<LocalGroup | undefined> => localGroups.findByName(settings.name);
  const attempt = {
    summary: `Local group ${settings.name} could not be created`,
    privilege: localGroupPrivileges.write,
  };
  return withDiagnostics(attempt, async () => {
    const before = await unlessAnswered([403], async () => ({ group: await find() }));
    if (before?.group !== undefined) throw taken(before.group);
    return createSurely({
      async create() {
        try {
          return await localGroups.create(settings);
        } catch (error) {
          throw isAnswer(error, 409) ? await duplicate(cluster, settings, error) : error;
        }
      },
      find,
      async takeOver(found, lost) {
        if (before === undefined || !(await isAsAskedFor(cluster, found, settings))) throw unproven(found, lost);
        diagnostics.warning(takenOver(`local group "${found.name}" with the id ${found.id}`, lost));
        return found;
      },
    });
  });
}

/** Whether a group is exactly what the request would have created, and nobody has used it yet. */
async function isAsAskedFor(cluster: Cluster, found: LocalGroup, { name, gid }: LocalGroupSettings): Promise<boolean> {
  if (found.name !== name || found.gid !== gid) return false;
  return (await cluster.localGroups.listMembers(found.id))?.length === 0;
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
    detail: `${describeFailure(refusal)} Users and groups share one set of names. Choose another name.`,
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
  const detail = `${describeFailure(cause)} Now the cluster has a local group "${name}" with the id ${id}, and nothing shows that this request made it. If it is yours, import it with the id "${id}"; otherwise choose another name.`;
  return new DiagnosticError(
    { summary: "Whether the local group was created is unknown", detail, attribute: ["name"] },
    { cause },
  );
}

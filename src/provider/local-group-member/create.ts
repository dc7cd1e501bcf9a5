import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { LocalUser } from "../../client/local-users.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { CreateContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { localGroupPrivileges } from "../local-group/needed-privileges.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { groupMembersQueue } from "../run/made-group-members.ts";
import { findMember } from "./find.ts";
import { type LocalGroupMemberModel, type Membership, toModel } from "./model.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

type Create = CreateContext<LocalGroupMemberSchema, Connection>;

/** Makes a membership. */
export async function createLocalGroupMember(context: Create): Promise<LocalGroupMemberModel> {
  await join(context, context.planned);
  return toModel(context.planned);
}

/** Makes a user a member of a group, and lets the rest of the run know. */
export async function join(
  { client, signal }: Pick<Create, "client" | "signal">,
  membership: Membership,
): Promise<void> {
  const { queues, madeGroupMembers } = client.memory;
  await queues.run(groupMembersQueue(membership.group_id), async () => {
    await addMember(client.writes.until(signal), membership);
    madeGroupMembers.add(membership.group_id, membership.member_id);
  });
}

/** Makes sure that the user is a member; whoever made it one. */
async function addMember(cluster: Cluster, membership: Membership): Promise<void> {
  const { group_id, member_id } = membership;
  const summary = `User ${member_id} could not be added to local group ${group_id}`;
  await withDiagnostics({ summary, privilege: localGroupPrivileges.write }, async () => {
    try {
      await cluster.localGroups.addMember(group_id, member_id);
    } catch (error) {
      if (isAnswer(error, 400)) throw noSuchUser(member_id, error);
      if (isAnswer(error, 404)) throw noSuchGroup(group_id, error);
      if (!isAnswer(error, 409) && !isOutcomeUnknown(error)) throw error;
      // A membership is the same whoever made it, and adding it twice does no more than once.
      const found = await findMember(cluster, membership);
      if (found?.primaryGroup === group_id) throw needlessMembership(found, error);
      if (found === undefined) await cluster.localGroups.addMember(group_id, member_id);
    }
  });
}

function noSuchUser(userId: string, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "No such local user",
      detail: `${describeFailure(cause)} member_id is "${userId}"; only local users can be members of local groups. Give the id of one, such as qumulo_local_user.….id.`,
      attribute: ["member_id"],
    },
    { cause },
  );
}

function noSuchGroup(groupId: string, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "No such local group",
      detail: `The cluster has no local group with the id ${groupId}. For a group of this configuration, write group_id = qumulo_local_group.….id, so that the group is created first.`,
      attribute: ["group_id"],
    },
    { cause },
  );
}

function needlessMembership({ name, primaryGroup = "" }: LocalUser, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "User is in the group already, by primary group",
      detail: `Local group ${primaryGroup} is the primary group of ${name}, who belongs to it without a membership. Remove this resource, or give the user another primary_group first.`,
      attribute: ["member_id"],
    },
    { cause },
  );
}

import { type ClusterError, isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { LocalUser } from "../../client/local-users.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { DeleteContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { localGroupPrivileges } from "../local-group/needed-privileges.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { groupMembersQueue } from "../run/made-group-members.ts";
import { findMember } from "./find.ts";
import type { Membership } from "./model.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

type Delete = DeleteContext<LocalGroupMemberSchema, Connection>;

/** Ends a membership. */
export async function deleteLocalGroupMember(context: Delete): Promise<void> {
  await leave(context, context.state);
}

/**
 * Ends a membership, unless another object of this run manages it now. That happens when an element is removed from a list:
 * every object behind it moves up by one.
 */
export async function leave(
  { client, signal }: Pick<Delete, "client" | "signal">,
  membership: Membership,
): Promise<void> {
  const { queues, madeGroupMembers } = client.memory;
  await queues.run(groupMembersQueue(membership.group_id), async () => {
    if (madeGroupMembers.has(membership.group_id, membership.member_id)) return;
    await removeMember(client.writes.until(signal), membership);
  });
}

async function removeMember(cluster: Cluster, membership: Membership): Promise<void> {
  const { group_id, member_id } = membership;
  const summary = `Member ${member_id} of local group ${group_id} could not be removed`;
  await withDiagnostics({ summary, privilege: localGroupPrivileges.write }, async () => {
    try {
      await deleteAndVerify(
        async () => cluster.localGroups.removeMember(group_id, member_id),
        async () => (await findMember(cluster, membership)) !== undefined,
      );
    } catch (error) {
      if (!isAnswer(error, 400)) throw error;
      const member = await findMember(cluster, membership);
      throw member?.primaryGroup === group_id ? primaryRefusal(member, error) : error;
    }
  });
}

function primaryRefusal({ name, primaryGroup = "" }: LocalUser, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "User cannot leave its own primary group",
      detail: `Local group ${primaryGroup} is the primary group of ${name} by now. Give the user another primary_group first; to stop managing this membership, use a removed block with destroy = false, or state rm.`,
    },
    { cause },
  );
}

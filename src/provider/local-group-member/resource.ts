import { type ClusterError, isAnswer, isOutcomeUnknown } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { LocalUser } from "../../client/local-users.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { StateModel } from "../../framework/model.ts";
import { type DeleteContext, type ImportContext, removed, type Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { findGroupId } from "../local-group/find.ts";
import { localGroupPrivileges } from "../local-group/needed-privileges.ts";
import { findUserId } from "../local-user/find.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { idPartsIn, textIn } from "../operation/earlier-state.ts";
import { importedText } from "../operation/import-id.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import { planLocalGroupMember } from "./plan.ts";
import { localGroupMemberIdentity, localGroupMemberSchema, type LocalGroupMemberSchema } from "./schema.ts";

type LocalGroupMemberModel = StateModel<LocalGroupMemberSchema>;

/** What a membership is: who, and in which group. */
type Membership = Pick<LocalGroupMemberModel, "group_id" | "member_id">;

/** Manages single members of local groups. Another member, or another group, is an update that moves the membership. */
export const localGroupMemberResource = {
  name: "local_group_member",
  schema: localGroupMemberSchema,
  identity: localGroupMemberIdentity,
  upgrade: { 0: upgradeState },

  plan: planLocalGroupMember,

  async planDestroy(context) {
    const { group_id: groupId, member_id: authId, allow_lock_out: isAllowed } = context.prior;
    await refuseLockOut({ ...context, isAllowed }, { kind: "group-left", groupId, authId });
  },

  async create({ planned, client, signal }) {
    await join({ client, signal }, planned);
    return toModel(planned);
  },

  async read({ state, client, signal }) {
    const summary = `Members of local group ${state.group_id} could not be read`;
    const found = await withDiagnostics({ summary, privilege: localGroupPrivileges.read }, async () =>
      findMember(client.reads.until(signal), state),
    );
    return found === undefined ? removed : toModel(state);
  },

  // First comes the new membership, then goes the old one: a failure in between leaves what the next run begins with.
  async update({ planned, prior, client, signal }) {
    if (keyOf(planned) !== keyOf(prior)) {
      await join({ client, signal }, planned);
      await leave({ client, signal }, prior);
    }
    return toModel(planned);
  },

  async delete({ state, client, signal }) {
    await leave({ client, signal }, state);
  },

  async import(context) {
    return toModel({ ...(await findImported(context)), allow_lock_out: false });
  },

  identify: ({ group_id, member_id }) => ({ group_id, member_id }),
} satisfies Resource<LocalGroupMemberSchema, Connection>;

function upgradeState(state: JsonObject): JsonObject {
  const [group, member] = idPartsIn(state);
  return {
    id: textIn(state, "id"),
    group_id: textIn(state, "group_id") ?? group,
    member_id: textIn(state, "member_id") ?? member,
    allow_lock_out: state["allow_lock_out"] === true,
  };
}

type Reach = Pick<DeleteContext<LocalGroupMemberSchema, Connection>, "client" | "signal">;

async function join({ client, signal }: Reach, membership: Membership): Promise<void> {
  await inTurn(client, membership, async () => {
    await addMember(client.writes.until(signal), membership);
    client.memory.madeGroupMembers.add(membership.group_id, membership.member_id);
  });
}

/** Ends a membership, unless another object of this run has come to manage it, as all do behind one taken out of a list. */
async function leave({ client, signal }: Reach, membership: Membership): Promise<void> {
  await inTurn(client, membership, async () => {
    if (client.memory.madeGroupMembers.has(membership.group_id, membership.member_id)) return;
    await removeMember(client.writes.until(signal), membership);
  });
}

async function inTurn({ memory }: Connection, { group_id }: Membership, work: () => Promise<void>): Promise<void> {
  await memory.queues.run(`members of group ${group_id}`, work);
}

function keyOf({ group_id, member_id }: Membership): string {
  return `${group_id}:${member_id}`;
}

function toModel(from: Omit<LocalGroupMemberModel, "id">): LocalGroupMemberModel {
  const { group_id, member_id, allow_lock_out } = from;
  return { id: keyOf(from), group_id, member_id, allow_lock_out };
}

async function findMember(cluster: Cluster, { group_id, member_id }: Membership): Promise<LocalUser | undefined> {
  const members = await cluster.localGroups.listMembers(group_id);
  return members?.find((user) => user.id === member_id);
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

async function findImported(context: ImportContext<Connection>): Promise<Membership> {
  const text = context.id ?? `${importedText(context, "group_id")}:${importedText(context, "member_id")}`;
  const [group = "", member = "", ...rest] = text.split(":");
  // No name of a user or group holds a colon.
  if (group !== "" && member !== "" && rest.length === 0) {
    return { group_id: await findGroupId(context, group), member_id: await findUserId(context, member) };
  }
  throw new DiagnosticError({
    summary: "Import id is not readable",
    detail: `The id is "${text}". Give a local group and a local user, each by id or by name, joined by a colon, such as "1007:1004" or "automation:svc-backup".`,
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

function primaryRefusal({ name, primaryGroup = "" }: LocalUser, cause: ClusterError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: "User cannot leave its own primary group",
      detail: `Local group ${primaryGroup} is the primary group of ${name} by now. Give the user another primary_group first; to give up managing this membership, use a removed block with destroy = false, or state rm.`,
    },
    { cause },
  );
}

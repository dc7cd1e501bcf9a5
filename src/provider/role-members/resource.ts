import type { Cluster } from "../../client/cluster.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { StateModel } from "../../framework/model.ts";
import { type CreateContext, removed, type Resource } from "../../framework/resource.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { deleteSurely } from "../deletion.ts";
import { importedText } from "../import-id.ts";
import { roleMembersQueue } from "../role-claims.ts";
import { addRoleMember, noSuchRole } from "../role-member/add.ts";
import { nameMembers, type NamedMembers, referenceOf, rememberedMembers, rememberMembers, textOf } from "./model.ts";
import { planRoleMembers, planRoleMembersDestroy } from "./plan.ts";
import { roleMembersIdentity, roleMembersSchema, type RoleMembersSchema } from "./schema.ts";

type RoleMembersModel = StateModel<RoleMembersSchema>;

const readPrivilege = "PRIVILEGE_ROLE_READ";
const writePrivilege = "PRIVILEGE_ROLE_WRITE";

/** Manages all members of roles. */
export const roleMembersResource = {
  name: "role_members",
  schema: roleMembersSchema,
  identity: roleMembersIdentity,

  plan: planRoleMembers,
  planDestroy: planRoleMembersDestroy,

  async create(context) {
    return inTurn(context, context.planned.role_name, async () => {
      await setMembers(context, { listed: await listMembers(context), remembered: new Map() });
      return toModel(context.planned, context.planned.members);
    });
  },

  async read({ state, client, signal, privateState }) {
    const { roleMembers } = client.cluster.until(signal);
    const summary = `Members of role ${state.role_name} could not be read`;
    const listed = await explained({ summary, privilege: readPrivilege }, async () =>
      unlessGone(async () => roleMembers.list(state.role_name)),
    );
    if (listed === undefined) return removed;
    const members = nameMembers(listed, state.members, rememberedMembers(privateState));
    rememberMembers(privateState, members);
    return toModel(state, [...members.keys()]);
  },

  async update(context) {
    const { planned, prior, privateState } = context;
    if (prior.members.toSorted().join("\n") === planned.members.toSorted().join("\n"))
      return toModel(planned, planned.members);
    return inTurn(context, planned.role_name, async () => {
      const listed = await listMembers(context);
      const remembered = rememberedMembers(privateState);
      const before = nameMembers(listed, prior.members, remembered);
      refuseUnplanned(context, { listed, before });
      await setMembers(context, { listed, remembered });
      return toModel(planned, planned.members);
    });
  },

  async delete(context) {
    const { state, client, privateState } = context;
    const { role_name: roleName } = state;
    await inTurn(context, roleName, async () => {
      const listed = await unlessGone(async () => client.cluster.until(context.signal).roleMembers.list(roleName));
      const managed = nameMembers(listed ?? [], state.members, rememberedMembers(privateState));
      const ids = state.members.flatMap((text) => managed.get(text) ?? []);
      // A qumulo_role_member that takes a member over in this run keeps it.
      await removeMembers(
        context,
        roleName,
        ids.filter((id) => !client.memory.roleClaims.isCreated(roleName, id)),
      );
    });
  },

  async import(context) {
    const roleName = importedText(context, "role_name");
    if (isRoleName(roleName)) {
      return Promise.resolve({ id: roleName, role_name: roleName, members: [], allow_lock_out: false });
    }
    throw new DiagnosticError({
      summary: "Import id is not readable",
      detail: `The id is "${roleName}". Give the name of the role whose members are to be managed, such as "backup-operator".`,
    });
  },

  identify: (state) => ({ role_name: state.role_name }),
} satisfies Resource<RoleMembersSchema, Connection>;

type Write = CreateContext<RoleMembersSchema, Connection>;

type Reach = Pick<Write, "client" | "signal">;

function toModel(
  { role_name, allow_lock_out }: Pick<RoleMembersModel, "role_name" | "allow_lock_out">,
  members: readonly string[],
): RoleMembersModel {
  return { id: role_name, role_name, members, allow_lock_out };
}

/** Changes the members of one role while nothing else in this run does. */
async function inTurn<T>({ client }: Reach, roleName: string, work: () => Promise<T>): Promise<T> {
  const summary = `Members of role ${roleName} could not be changed`;
  return explained({ summary, privilege: writePrivilege }, async () =>
    client.memory.oneAtATime(roleMembersQueue(roleName), work),
  );
}

async function listMembers({ client, signal, planned }: Write): Promise<readonly Identity[]> {
  try {
    return await client.cluster.until(signal).roleMembers.list(planned.role_name);
  } catch (error) {
    throw isAnswer(error, 404) ? noSuchRole(planned.role_name, error) : error;
  }
}

/** Adds whoever is missing, then removes whoever is not wanted, and remembers who was meant. */
async function setMembers(
  context: Write,
  { listed, remembered }: { readonly listed: readonly Identity[]; readonly remembered: NamedMembers },
): Promise<void> {
  const { planned, client, signal, privateState } = context;
  const cluster = client.cluster.until(signal);
  const wanted = new Map<string, string>();
  for (const text of planned.members) {
    const authId = remembered.get(text) ?? referenceOf(text).authId;
    const isMember = authId !== undefined && listed.some((member) => member.authId === authId);
    wanted.set(text, isMember ? authId : (await addMember(cluster, planned.role_name, text)).authId);
  }
  const kept = new Set(wanted.values());
  await removeMembers(
    context,
    planned.role_name,
    listed.map((member) => member.authId).filter((authId) => !kept.has(authId)),
  );
  rememberMembers(privateState, wanted);
}

async function addMember(cluster: Cluster, roleName: string, text: string): Promise<Identity> {
  return addRoleMember(cluster, {
    roleName,
    member: referenceOf(text),
    unresolved: (cause) =>
      new DiagnosticError(
        {
          summary: "Role member cannot be found",
          detail: `${whatHappened(cause)} members holds "${text}". Check that it names an existing user or group; for one of this configuration, write "auth_id:\${qumulo_local_user.….id}".`,
          attribute: ["members"],
        },
        { cause },
      ),
  });
}

async function removeMembers({ client, signal }: Reach, roleName: string, authIds: readonly string[]): Promise<void> {
  const { roleMembers } = client.cluster.until(signal);
  for (const authId of authIds) {
    await deleteSurely(
      async () => roleMembers.remove(roleName, authId),
      async () => (await roleMembers.find(roleName, authId)) !== undefined,
    );
  }
}

/** Refuses to undo what somebody did after the plan: members whom the plan did not know, or who left meanwhile. */
function refuseUnplanned(
  { planned, prior }: Write & { readonly prior: RoleMembersModel },
  { listed, before }: { readonly listed: readonly Identity[]; readonly before: NamedMembers },
): void {
  const texts = [...prior.members, ...planned.members];
  const knownIds = new Set(texts.flatMap((text) => before.get(text) ?? referenceOf(text).authId ?? []));
  const added = listed.filter((member) => !knownIds.has(member.authId)).map((member) => `${textOf(member)} was added`);
  const left = prior.members
    .filter((text) => planned.members.includes(text) && !before.has(text))
    .map((text) => `${text} was removed`);
  const changes = [...added, ...left];
  if (changes.length === 0) return;
  throw new DiagnosticError({
    summary: `Members of role ${planned.role_name} have changed since the plan was made`,
    detail: `Somebody changed them on the cluster: ${changes.join("; ")}. Nothing was overwritten. Run a plan again, and apply it if it is still what you want.`,
    attribute: ["members"],
  });
}

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isAnswer(error, 404)) return undefined;
    throw error;
  }
}

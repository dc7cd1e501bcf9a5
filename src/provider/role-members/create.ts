import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { CreateContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import type { Connection } from "../connection.ts";
import { isNamedBy } from "../identity/meaning-now.ts";
import { canChangeMeaning, localNameIn } from "../identity/meaning.ts";
import { addRoleMember, noSuchRole } from "../role-member/add.ts";
import { decideTexts } from "./decide.ts";
import { inTurn, removeMembers } from "./delete.ts";
import { type NamedMembers, referenceOf, type RoleMembersModel, toModel } from "./model.ts";
import { rememberMembers } from "./private-state.ts";
import type { RoleMembersSchema } from "./schema.ts";

type Write = CreateContext<RoleMembersSchema, Connection>;

/** Takes over all members of a role: gives the role to everybody who is listed, and takes it from everybody else. */
export async function createRoleMembers(context: Write): Promise<RoleMembersModel> {
  return inTurn(context, context.planned.role_name, async () => setMembers(context, await listMembers(context)));
}

/** The members of the role now, from the cluster itself. */
export async function listMembers({ client, signal, planned }: Write): Promise<readonly Identity[]> {
  try {
    return await client.writes.until(signal).roleMembers.list(planned.role_name);
  } catch (error) {
    throw isAnswer(error, 404) ? noSuchRole(planned.role_name, error) : error;
  }
}

/** Adds missing members, then removes those that are not listed, and remembers which account each text means. */
export async function setMembers(context: Write, listed: readonly Identity[]): Promise<RoleMembersModel> {
  const { planned, client, signal, privateState } = context;
  const cluster = client.writes.until(signal);
  const present = new Set(listed.map(({ authId }) => authId));
  const findNamed = byName(listed);
  const wanted = new Map<string, string>();
  for (const { text, authId } of decideTexts(context, planned.members)) {
    const reference = authId === undefined ? referenceOf(text) : { authId };
    const named = authId ?? findNamed(text);
    const isMember = named !== undefined && present.has(named);
    wanted.set(text, isMember ? named : await addMember(cluster, { roleName: planned.role_name, reference, text }));
  }
  const kept = new Set(wanted.values());
  await removeMembers(
    context,
    planned.role_name,
    [...present].filter((authId) => !kept.has(authId)),
  );
  rememberMembers(privateState, wanted);
  return answered(context, wanted);
}

/** Finds members by names, where the list of all members decides whom these mean. */
function byName(listed: readonly Identity[]): (text: string) => string | undefined {
  const local = listed.filter(({ domain }) => domain === "LOCAL");
  const localIds = new Map(local.map(({ name = "", authId }) => [name.toLowerCase(), authId]));
  return (text) => {
    const reference = referenceOf(text);
    const name = localNameIn(reference);
    if (name !== undefined) return localIds.get(name.toLowerCase());
    return canChangeMeaning(reference) ? listed.find((member) => isNamedBy(reference, member))?.authId : undefined;
  };
}

/** The state after an update. A plan for a state of an older version lacks the attributes that the older version did not know. */
function answered({ planned }: Write, members: NamedMembers): RoleMembersModel {
  const model = toModel(planned, members);
  return planned.auth_ids.kind === "null" ? { ...model, auth_ids: null } : model;
}

interface NewText {
  readonly roleName: string;
  readonly reference: IdentityReference;
  readonly text: string;
}

/** @returns the auth_id of the new member */
async function addMember(cluster: Cluster, { roleName, reference, text }: NewText): Promise<string> {
  const added = await addRoleMember(cluster, {
    roleName,
    member: reference,
    unresolved: (cause) =>
      new DiagnosticError(
        {
          summary: "Role member cannot be found",
          detail: `${describeFailure(cause)} members holds "${text}". Check that it names an existing user or group; for one of this configuration, write "auth_id:\${qumulo_local_user.….id}".`,
          attribute: ["members"],
        },
        { cause },
      ),
  });
  return added.authId;
}

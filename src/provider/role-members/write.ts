import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { StateModel } from "../../framework/model.ts";
import type { CreateContext, DeleteContext, UpdateContext } from "../../framework/resource.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { listed as renderListed } from "../../vocabulary/listed.ts";
import type { Connection } from "../connection.ts";
import { isNamedBy } from "../identity/meaning-now.ts";
import { canChangeMeaning, findMeaning, localNameIn, type Meaning } from "../identity/meaning.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { addRoleMember, noSuchRole } from "../role-member/add.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { roleMembersQueue } from "../run/role-claims.ts";
import { type DecidedText, decideTexts } from "./decide.ts";
import {
  nameMembers,
  type NamedMembers,
  recallMembers,
  referenceOf,
  rememberMembers,
  textOf,
  toModel,
} from "./model.ts";
import { unlessGone } from "./read.ts";
import type { RoleMembersSchema } from "./schema.ts";

type RoleMembersModel = StateModel<RoleMembersSchema>;
type Write = CreateContext<RoleMembersSchema, Connection>;
type Update = UpdateContext<RoleMembersSchema, Connection>;
type Reach = Pick<Write, "client" | "signal">;

/** Takes a role over: gives it to whoever is listed, and takes it from everybody else. */
export async function createMembers(context: Write): Promise<RoleMembersModel> {
  return inTurn(context, context.planned.role_name, async () => setMembers(context, await listMembers(context)));
}

/** Gives a role to whoever is new, and takes it from whoever is not listed any more, if nobody has changed it meanwhile. */
export async function updateMembers(context: Update): Promise<RoleMembersModel> {
  const { planned, prior, privateState } = context;
  const { members: remembered } = recallMembers(privateState);
  const decided = decideTexts(context, planned.members);
  const isSameText = prior.members.toSorted().join("\n") === planned.members.toSorted().join("\n");
  if (isSameText && decided.every(({ text, authId }) => authId !== undefined && remembered.get(text) === authId)) {
    return { ...prior, members: planned.members, allow_lock_out: planned.allow_lock_out };
  }
  return inTurn(context, planned.role_name, async () => {
    const listed = await listMembers(context);
    refuseUnplanned(context, { listed, before: nameMembers(listed, prior.members, remembered), decided });
    await refuseOthers(context, { listed, decided });
    return setMembers(context, listed);
  });
}

/** Takes the role from the members that are managed, but for those whom a `qumulo_role_member` takes over in this run. */
export async function deleteMembers(context: DeleteContext<RoleMembersSchema, Connection>): Promise<void> {
  const { state, client, privateState } = context;
  const { role_name: roleName } = state;
  await inTurn(context, roleName, async () => {
    const listed = await unlessGone(async () => client.writes.until(context.signal).roleMembers.list(roleName));
    const managed = nameMembers(listed ?? [], state.members, recallMembers(privateState).members);
    const ids = state.members.flatMap((text) => managed.get(text) ?? []);
    await removeMembers(
      context,
      roleName,
      ids.filter((id) => !client.memory.roleClaims.isCreated(roleName, id)),
    );
  });
}

/** Changes the members of one role while nothing else in this run does. */
async function inTurn<T>({ client }: Reach, roleName: string, work: () => Promise<T>): Promise<T> {
  const summary = `Members of role ${roleName} could not be changed`;
  return withDiagnostics({ summary, privilege: rolePrivileges.write }, async () =>
    client.memory.queues.run(roleMembersQueue(roleName), work),
  );
}

async function listMembers({ client, signal, planned }: Write): Promise<readonly Identity[]> {
  try {
    return await client.writes.until(signal).roleMembers.list(planned.role_name);
  } catch (error) {
    throw isAnswer(error, 404) ? noSuchRole(planned.role_name, error) : error;
  }
}

/** Adds whoever is missing, then removes whoever is not wanted, and remembers who was meant. */
async function setMembers(context: Write, listed: readonly Identity[]): Promise<RoleMembersModel> {
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

/** An update of a state that an older version wrote has not planned what that did not know. */
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

async function removeMembers({ client, signal }: Reach, roleName: string, authIds: readonly string[]): Promise<void> {
  const { roleMembers } = client.writes.until(signal);
  for (const authId of authIds) {
    await deleteAndVerify(
      async () => roleMembers.remove(roleName, authId),
      async () => (await roleMembers.find(roleName, authId)) !== undefined,
    );
  }
}

/** The cluster at the moment of an update, and what is to become of it. */
interface Moment {
  readonly listed: readonly Identity[];
  readonly decided: readonly DecidedText[];
}

/** Refuses to undo what somebody did after the plan: members whom the plan did not know, or who left meanwhile. */
function refuseUnplanned(
  { planned, prior }: Update,
  { listed, before, decided }: Moment & { readonly before: NamedMembers },
): void {
  const texts = [...prior.members, ...planned.members];
  const wantedIds = decided.flatMap(({ authId }) => authId ?? []);
  const knownIds = new Set([
    ...wantedIds,
    ...texts.flatMap((text) => before.get(text) ?? referenceOf(text).authId ?? []),
  ]);
  const added = listed.filter((member) => !knownIds.has(member.authId)).map((member) => `${textOf(member)} was added`);
  const staying = decided.filter(({ text, authId }) => prior.members.includes(text) && authId !== undefined);
  const left = staying.filter(({ text }) => !before.has(text)).map(({ text }) => `${text} was removed`);
  const changes = [...added, ...left];
  if (changes.length === 0) return;
  const what = renderListed(changes, { separator: "; " });
  throw new DiagnosticError({
    summary: `Members of role ${planned.role_name} have changed since the plan was made`,
    detail: `Somebody changed them on the cluster: ${what}. Nothing was overwritten. Run a plan again, and apply it if it is still what you want.`,
    attribute: ["members"],
  });
}

/** Refuses to give the role to whom the plan has shown for a name that means another by now. */
async function refuseOthers(context: Update, { listed, decided }: Moment): Promise<void> {
  const { planned, prior } = context;
  const shown = knownOrUndefined(planned.auth_ids) ?? {};
  for (const { text, authId } of decided) {
    if (authId === undefined || shown[text] !== authId || prior.members.includes(text)) continue;
    const meaning = await findOther(context, { text, authId }, listed);
    if (meaning === undefined) continue;
    const now = meaning.kind === "somebody" ? `auth_id ${meaning.identity.authId}` : "nobody that can be seen";
    throw new DiagnosticError({
      summary: "A name means another account than the plan was made for",
      detail: `members holds "${text}", which meant auth_id ${authId} when the plan was made, and means ${now} by now. Nothing was changed. Run a plan again, and apply it if it is still what you want.`,
      attribute: ["members"],
    });
  }
}

/** @returns nothing where a text means whom it is to mean */
async function findOther(
  { client, signal }: Update,
  { text, authId }: { readonly text: string; readonly authId: string },
  listed: readonly Identity[],
): Promise<Meaning | undefined> {
  const reference = referenceOf(text);
  const isMade = client.memory.localUsers.findCreated({ authId }) !== undefined;
  const isNamed = listed.some((member) => member.authId === authId && isNamedBy(reference, member));
  if (isMade || isNamed || !canChangeMeaning(reference)) return undefined;
  const meaning = await findMeaning(client.writes.until(signal), reference);
  return meaning.kind === "somebody" && meaning.identity.authId === authId ? undefined : meaning;
}

import { unlessAnswered } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import { type AttributeValue, known, knownOrUndefined, undecided } from "../../framework/attribute-value.ts";
import type { StateModel } from "../../framework/model.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import { listed as renderListed } from "../../vocabulary/listed.ts";
import { type Connection, reading } from "../connection.ts";
import { findPlannedMeaning } from "../identity/meaning.ts";
import { strayWarning } from "../identity/stray.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import { rolePrivileges } from "../role/needed-privileges.ts";
import { type DecidedText, decideTexts } from "./decide.ts";
import { referenceOf, textOf } from "./model.ts";
import { recallMembers } from "./private-state.ts";
import type { RoleMembersSchema } from "./schema.ts";

type RoleMembersPlan = PlanContext<RoleMembersSchema, Connection>;

/** Statuses that the cluster answers when the account may not look something up, or when it does not exist. */
const refusals = [400, 403, 404];

/** The auth_ids of wanted members; `undefined` for those whom the cluster does not know yet. */
type WantedIds = readonly (string | undefined)[];

/** What is particular about planning all members of a role, beyond what the schema says. */
export async function planRoleMembers(context: RoleMembersPlan): Promise<PlanChanges<RoleMembersSchema>> {
  const { planned, prior, client } = context;
  const roleName = knownOrUndefined(planned.role_name);
  if (roleName === undefined && prior !== undefined) warnOfReplacement(context, prior);
  const isOpen = prior !== undefined && (client === undefined || planned.members.kind !== "known");
  const open = isOpen ? { planned: { auth_ids: undecided } } : {};
  if (client === undefined || roleName === undefined) return open;
  return (await planKnownRole({ ...context, client }, roleName)) ?? open;
}

/** @returns nothing when the members are not known, or there is nothing more to plan */
async function planKnownRole(
  context: Connected,
  roleName: string,
): Promise<PlanChanges<RoleMembersSchema> | undefined> {
  const { planned, prior, client, diagnostics } = context;
  const members = knownOrUndefined(planned.members);
  const rivalry = client.memory.roleClaims.claimWhole(roleName, members);
  if (rivalry !== undefined) diagnostics.error(rivalry);
  recordRights(context, roleName, members);
  const isReplaced = prior !== undefined && prior.role_name !== roleName;
  if (isReplaced) await refuseToLeave(context, prior, [...prior.members]);
  if (members === undefined || diagnostics.hasErrors) return undefined;
  return withDiagnostics(
    { summary: `Members of role ${roleName} could not be planned`, privilege: rolePrivileges.read },
    async () =>
      prior === undefined || isReplaced
        ? planTakeOver(context, roleName, members)
        : planChange(context, prior, members),
  );
}

/**
 * Warns that the engine will replace the object because the role is not known yet: all members lose the role for a moment, even
 * if the role stays the same.
 */
function warnOfReplacement(
  { diagnostics }: RoleMembersPlan,
  { role_name: roleName }: StateModel<RoleMembersSchema>,
): void {
  diagnostics.warning({
    summary: `All members leave role ${roleName} for a moment`,
    detail: `role_name is not known before this is applied, so the engine replaces the object: it takes role ${roleName} from all members that it manages and gives it to them again, also when the name turns out to be the same. To keep that from happening, give a role_name that is known while planning: the name itself, or qumulo_role.….name; a data source below depends_on is often what makes it unknown.`,
    attribute: ["role_name"],
  });
}

/** Records for later plans who will have the role. */
function recordRights(context: Connected, roleName: string, members?: readonly string[]): void {
  const { plannedRights } = context.client.memory;
  if (members === undefined) plannedRights.addRoleMember(roleName, undefined);
  for (const { text, authId } of decideTexts(context, members ?? [])) {
    plannedRights.addRoleMember(roleName, authId === undefined ? referenceOf(text) : { authId });
  }
}

/** Refuses a destroy that takes the provider's own rights. */
export async function planRoleMembersDestroy(
  context: PlanDestroyContext<RoleMembersSchema, Connection>,
): Promise<void> {
  await refuseToLeave(context, context.prior, [...context.prior.members]);
}

type Connected = RoleMembersPlan & { readonly client: Connection };

/** Warns about existing members that will be removed, because the plan of a new object cannot show that. */
async function planTakeOver(
  context: Connected,
  roleName: string,
  members: readonly string[],
): Promise<PlanChanges<RoleMembersSchema>> {
  const { client, signal, diagnostics, planned } = context;
  const cluster = client.reads.until(signal);
  const listed = await unlessAnswered(refusals, async () => cluster.roleMembers.list(roleName));
  if (listed === undefined || listed.length === 0) return {};
  const wanted = await resolve(context, decideTexts(context, members));
  const extra = listed.filter((member) => !wanted.includes(member.authId));
  if (extra.length === 0) return {};
  diagnostics.warning({
    summary: `Role ${roleName} has other members, which will be removed`,
    detail: `${renderMembers(extra)} ${extra.length === 1 ? "is a member" : "are members"} of role ${roleName} and not listed in members. Applying this takes the role from them. List whoever is to keep it, or import the present members with the id "${roleName}" first.`,
    attribute: ["members"],
  });
  const authIds = extra.map((member) => member.authId);
  const isAllowed = knownOrUndefined(planned.allow_lock_out) === true;
  const change = { kind: "members-leave", roleName, authIds } as const;
  await refuseLockOut({ ...context, isAllowed, attribute: ["members"] }, change);
  return {};
}

/** Plans no change if different texts mean the same members, and protects the provider's own rights if members leave. */
async function planChange(
  context: Connected,
  prior: StateModel<RoleMembersSchema>,
  members: readonly string[],
): Promise<PlanChanges<RoleMembersSchema>> {
  const { privateState, planned } = context;
  const decided = decideTexts(context, members);
  warnOfStrays(context, prior.role_name, decided);
  const { members: remembered } = recallMembers(privateState);
  const isUnchanged = decided.every(({ text, authId }) => authId !== undefined && authId === remembered.get(text));
  if (isUnchanged && isSameSet(members, prior.members)) return {};
  const wanted = await resolve(context, decided);
  const before = prior.members.map((text) => remembered.get(text) ?? referenceOf(text).authId);
  if (isSameSet(wanted, before)) return { planned: { members: known(prior.members) } };
  const leaving = prior.members.filter((_, index) => !wanted.includes(before[index]));
  const isAllowed = knownOrUndefined(planned.allow_lock_out) === true;
  await refuseToLeave(context, { ...prior, allow_lock_out: isAllowed }, leaving);
  return { planned: { auth_ids: plannedIds(decided) } };
}

function plannedIds(decided: readonly DecidedText[]): AttributeValue<Readonly<Record<string, string>>> {
  const shown = decided.flatMap(({ text, authId, isShown }) =>
    isShown && authId !== undefined ? [[text, authId] as const] : [],
  );
  return shown.length === decided.length ? known(Object.fromEntries(shown)) : undecided;
}

function warnOfStrays({ client, diagnostics }: Connected, roleName: string, decided: readonly DecidedText[]): void {
  for (const { text, stray } of decided) {
    const written = `members holds "${text}"`;
    const warning = stray && strayWarning({ roleName, written, ...stray }, client.memory);
    if (warning !== undefined) diagnostics.warning({ ...warning, attribute: ["members"] });
  }
}

async function refuseToLeave(
  context: Pick<RoleMembersPlan, "diagnostics" | "signal" | "client" | "privateState">,
  { role_name: roleName, allow_lock_out: isAllowed }: StateModel<RoleMembersSchema>,
  leaving: readonly string[],
): Promise<void> {
  const { members: remembered } = recallMembers(context.privateState);
  const authIds = leaving.flatMap((text) => remembered.get(text) ?? referenceOf(text).authId ?? []);
  if (authIds.length === 0) return;
  const change = { kind: "members-leave", roleName, authIds } as const;
  await refuseLockOut({ ...context, isAllowed, attribute: ["members"] }, change);
}

/**
 * Finds the members that the texts mean. Planning goes on without those that the cluster does not know yet, or that the account
 * may not see.
 */
async function resolve({ client, signal }: Connected, decided: readonly DecidedText[]): Promise<WantedIds> {
  const reach = reading(client, signal);
  return Promise.all(
    decided.map(async ({ text, authId, stray }) => {
      if (authId !== undefined || stray !== undefined) return authId;
      const meaning = await findPlannedMeaning(reach, referenceOf(text));
      return meaning.kind === "somebody" ? meaning.identity.authId : undefined;
    }),
  );
}

function isSameSet(left: readonly (string | undefined)[], right: readonly (string | undefined)[]): boolean {
  const [first, second] = [new Set(left), new Set(right)];
  return !first.has(undefined) && first.size === second.size && [...first].every((element) => second.has(element));
}

function renderMembers(members: readonly Identity[]): string {
  return renderListed(members.map(textOf));
}

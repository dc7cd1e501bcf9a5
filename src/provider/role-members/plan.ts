import type { Cluster } from "../../client/cluster.ts";
import { unlessAnswered } from "../../client/cluster-error.ts";
import type { Identity } from "../../client/identities.ts";
import { known, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { StateModel } from "../../framework/model.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import { explained } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { refuseLockOut } from "../lock-out.ts";
import { referenceOf, rememberedMembers, textOf } from "./model.ts";
import type { RoleMembersSchema } from "./schema.ts";

type Plan = PlanContext<RoleMembersSchema, Connection>;

/** Answers to whoever may not look, or asks for what is not there. */
const refusals = [400, 403, 404];

/** The auth_ids of wanted members; `undefined` for those whom the cluster does not know yet. */
type WantedIds = readonly (string | undefined)[];

/** What is particular about planning all members of a role, beside what the schema says. */
export async function planRoleMembers(context: Plan): Promise<PlanChanges<RoleMembersSchema>> {
  const { planned, prior, client, diagnostics } = context;
  const roleName = knownOrUndefined(planned.role_name);
  const members = knownOrUndefined(planned.members);
  if (client === undefined || roleName === undefined) return {};
  const rivalry = client.memory.roleClaims.claimWhole(roleName, members);
  if (rivalry !== undefined) diagnostics.error(rivalry);
  recordRights({ ...context, client }, roleName, members);
  const isReplaced = prior !== undefined && prior.role_name !== roleName;
  if (isReplaced) await refuseToLeave(context, prior, [...prior.members]);
  if (members === undefined || diagnostics.hasErrors) return {};
  return explained(
    { summary: `Members of role ${roleName} could not be planned`, privilege: "PRIVILEGE_ROLE_READ" },
    async () =>
      prior === undefined || isReplaced
        ? planTakeOver({ ...context, client }, roleName, members)
        : planChange({ ...context, client }, prior, members),
  );
}

/** Lets what is planned later know who will hold the role. */
function recordRights({ client, privateState }: Connected, roleName: string, members?: readonly string[]): void {
  const remembered = rememberedMembers(privateState);
  const { plannedRights } = client.memory;
  if (members === undefined) plannedRights.addRoleMember(roleName, undefined);
  for (const text of members ?? []) {
    const authId = remembered.get(text);
    plannedRights.addRoleMember(roleName, authId === undefined ? referenceOf(text) : { authId });
  }
}

/** Refuses a destroy that takes the own rights. */
export async function planRoleMembersDestroy(
  context: PlanDestroyContext<RoleMembersSchema, Connection>,
): Promise<void> {
  await refuseToLeave(context, context.prior, [...context.prior.members]);
}

type Connected = Plan & { readonly client: Connection };

/** Says who is a member already and will be removed, since no plan shows that for an object that is new. */
async function planTakeOver(
  context: Connected,
  roleName: string,
  members: readonly string[],
): Promise<PlanChanges<RoleMembersSchema>> {
  const { client, signal, diagnostics, planned } = context;
  const cluster = client.cluster.until(signal);
  const listed = await unlessAnswered(refusals, async () => cluster.roleMembers.list(roleName));
  if (listed === undefined || listed.length === 0) return {};
  const wanted = await resolve(cluster, members, new Map());
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

/** Plans nothing where other texts mean the same members, and guards the own rights where members leave. */
async function planChange(
  context: Connected,
  prior: StateModel<RoleMembersSchema>,
  members: readonly string[],
): Promise<PlanChanges<RoleMembersSchema>> {
  if (isSameSet(members, prior.members)) return {};
  const { client, signal, privateState, planned } = context;
  const remembered = rememberedMembers(privateState);
  const cluster = client.cluster.until(signal);
  const [wanted, before] = [
    await resolve(cluster, members, remembered),
    await resolve(cluster, prior.members, remembered),
  ];
  if (isSameSet(wanted, before)) return { planned: { members: known(prior.members) } };
  const leaving = prior.members.filter((_, index) => !wanted.includes(before[index]));
  const isAllowed = knownOrUndefined(planned.allow_lock_out) === true;
  await refuseToLeave(context, { ...prior, allow_lock_out: isAllowed }, leaving);
  return {};
}

async function refuseToLeave(
  context: Pick<Plan, "diagnostics" | "signal" | "client" | "privateState">,
  { role_name: roleName, allow_lock_out: isAllowed }: StateModel<RoleMembersSchema>,
  leaving: readonly string[],
): Promise<void> {
  const remembered = rememberedMembers(context.privateState);
  const authIds = leaving.flatMap((text) => remembered.get(text) ?? referenceOf(text).authId ?? []);
  if (authIds.length === 0) return;
  const change = { kind: "members-leave", roleName, authIds } as const;
  await refuseLockOut({ ...context, isAllowed, attribute: ["members"] }, change);
}

/** Finds who is meant. Planning goes on without what the cluster does not know yet, or the account may not see. */
async function resolve(
  cluster: Cluster,
  texts: readonly string[],
  remembered: ReadonlyMap<string, string>,
): Promise<WantedIds> {
  return Promise.all(
    texts.map(async (text) => {
      const reference = referenceOf(text);
      const authId = remembered.get(text) ?? reference.authId;
      return authId ?? (await unlessAnswered(refusals, async () => cluster.identities.get(reference)))?.authId;
    }),
  );
}

function isSameSet(left: readonly (string | undefined)[], right: readonly (string | undefined)[]): boolean {
  const [first, second] = [new Set(left), new Set(right)];
  return !first.has(undefined) && first.size === second.size && [...first].every((element) => second.has(element));
}

function renderMembers(members: readonly Identity[]): string {
  return members.map(textOf).join(", ");
}

import type { AttributePath } from "../../framework/attribute-path.ts";
import { absent, type AttributeValue, known, knownOrUndefined, undecided } from "../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext, PlannedAttributes } from "../../framework/resource.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { parseInstant } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import { checkAbilities, isAble } from "./abilities.ts";
import { refuseAdministrator, type TokenGuard } from "./allow-administrator.ts";
import { decideRotation, type SeriesPlan } from "./decide-rotation.ts";
import { checkEnd, endOfCurrent, endOfNew, warnOfEnd, warnOfEndlessLife } from "./plan-end.ts";
import { refuseOwnDeletion, refuseOwnEnd } from "./own-token.ts";
import { planRotation, secretOfNew } from "./plan-rotation.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { recall, type SeriesMemory } from "./series-memory.ts";
import { checkSlotsOfNew } from "./slots.ts";
import { findTokenUser, type PlanReach } from "./token-user.ts";
import { referenceOf } from "./user-text.ts";

type Plan = PlanContext<AccessTokenSchema, Connection>;
type Changes = PlanChanges<AccessTokenSchema>;
type Planned = PlannedAttributes<AccessTokenSchema>;

/** What is particular about planning a series of access tokens, beside what its schema says. */
export async function planAccessToken(context: Plan, fallbackClock: Clock): Promise<Changes> {
  checkAbilities(context);
  const clock = context.client?.clock ?? fallbackClock;
  const { prior } = context;
  if (prior === undefined) {
    warnOfEndlessLife(context);
    checkEnd(context, endOfNew(context), clock);
    await checkUserOfNew(context);
    return { planned: plannedNew(context) };
  }
  const plan = { ...context, prior };
  const user = await planUser(plan);
  if (user.requiresReplace !== undefined) {
    checkEnd(context, endOfNew(context), clock);
    await refuseOwnDeletion({ ...context, prior }, ["user"]);
    await guardUser(context, knownOrUndefined(context.planned.user));
    return user;
  }
  const memory = recall(context.privateState);
  const rotation = decideRotation(plan, memory);
  if (rotation.kind === "none") return { planned: { ...user.planned, ...(await planChange(plan, memory, clock)) } };
  // Whatever ended before: a token must not be made for a time that is over.
  checkEnd({ ...context, prior: undefined }, endOfNew(context), clock);
  await guardUser(context, ownerOf(prior));
  return { planned: { ...user.planned, ...(await planRotation(plan, memory, rotation)) } };
}

async function checkUserOfNew(context: Plan): Promise<void> {
  const { client, planned, diagnostics } = context;
  if (client === undefined) return;
  const asked = knownOrUndefined(planned.user);
  const user = await findTokenUser({ ...context, client }, asked);
  if (asked !== undefined) await checkSlotsOfNew(asked, user, { ...context, client });
  if (!diagnostics.hasErrors) await refuseAdministrator(guardOf(context, client), user);
}

/** Refuses a new secret, or a longer life of one, for an administrator. */
async function guardUser(context: Plan, user: string | IdentityReference | undefined): Promise<void> {
  const { client, planned } = context;
  if (client === undefined || knownOrUndefined(planned.allow_administrator) === true) return;
  await refuseAdministrator(guardOf(context, client), await findTokenUser({ ...context, client }, user));
}

function guardOf({ planned, signal, diagnostics }: Plan, client: Connection): TokenGuard {
  const userText = knownOrUndefined(planned.user);
  return { client, signal, diagnostics, userText, allowed: planned.allow_administrator };
}

function ownerOf({ user, identity }: SeriesPlan["prior"]): string | IdentityReference {
  return typeof identity?.auth_id === "string" ? { authId: identity.auth_id } : user;
}

function plannedNew(context: Plan): Planned {
  const secret = secretOfNew(context.planned.encrypt_to);
  return { ...secret, expiration_time: endOfNew(context), expired: known(false), previous_token: absent };
}

/** Finds out whether another spelling of `user` is another user: only then a new token is needed. */
async function planUser({ planned, prior, client, signal }: SeriesPlan): Promise<Changes> {
  const asked = knownOrUndefined(planned.user);
  if (asked === prior.user) return {};
  const authId = asked === undefined ? undefined : await findAuthId(asked, client && { client, signal });
  const isSameUser = authId !== undefined && authId === prior.identity?.auth_id;
  const replacing: readonly AttributePath[] = [["user"]];
  return isSameUser ? { planned: { user: known(prior.user) } } : { requiresReplace: replacing };
}

async function findAuthId(user: string, way: PlanReach | undefined): Promise<string | undefined> {
  const reference = referenceOf(user);
  if (reference === undefined || reference.authId !== undefined) return reference?.authId;
  const found = way && (await findTokenUser(way, reference));
  return found?.kind === "known" ? found.expanded.identity.authId : undefined;
}

/** Plans what keeps the secret: another end, and whatever is left to do about the previous token. */
async function planChange(plan: SeriesPlan, memory: SeriesMemory, clock: Clock): Promise<Planned> {
  const { prior } = plan;
  const end = endOfCurrent(plan, memory);
  checkEnd(plan, end, clock);
  warnOfEnd(plan, end);
  if (isRevived(plan, end)) await guardUser(plan, ownerOf(prior));
  await guardOwnToken(plan, memory);
  const isSameEnd = (knownOrUndefined(end) ?? null) === prior.expiration_time && end.kind !== "unknown";
  return {
    expiration_time: end,
    ...(isSameEnd ? {} : { expired: end.kind === "unknown" ? undecided : known(false) }),
    ...planPrevious(plan, memory),
  };
}

/** Whether a change lets somebody use the token who could not, or for longer than before. */
function isRevived({ prior, planned }: SeriesPlan, end: AttributeValue<string>): boolean {
  if (knownOrUndefined(planned.enabled) === false) return false;
  if (!prior.enabled) return true;
  return prior.expiration_time !== null && end.kind === "known" && isLater(end.value, prior.expiration_time);
}

async function guardOwnToken(plan: SeriesPlan, { isCleanUpDue }: SeriesMemory): Promise<void> {
  const { prior, planned } = plan;
  const previousId = prior.previous_token?.id;
  if (knownOrUndefined(planned.enabled) === false && prior.enabled) {
    await refuseOwnEnd(plan, { ids: [prior.id, previousId], by: "by disabling it", attribute: ["enabled"] });
  }
  if (isCleanUpDue === true) {
    await refuseOwnEnd(plan, { ids: [previousId], by: "by its deletion", attribute: ["previous_token"] });
  }
}

function planPrevious({ prior, client, diagnostics }: SeriesPlan, memory: SeriesMemory): Planned {
  const { previous_token: previous } = prior;
  const { retireAt } = memory;
  if (previous === null) return {};
  if (memory.isCleanUpDue === true) {
    diagnostics.warning({
      summary: "Old access token will be deleted",
      detail: `The access token ${String(previous.id)} was rotated out and its overlap is over. Applying this plan deletes it.`,
      attribute: ["previous_token"],
    });
    return { previous_token: absent };
  }
  const isAbleToEnd = client === undefined || isAble(client, "expiration");
  const isLate = retireAt !== undefined && isAbleToEnd && isLater(previous.expiration_time, retireAt);
  if (memory.isUneven === true) {
    const end = isLate ? known(retireAt) : undecided;
    return { previous_token: { kind: "partly-known", attributes: { id: known(previous.id), expiration_time: end } } };
  }
  return isLate ? { previous_token: known({ id: previous.id, expiration_time: retireAt }) } : {};
}

function isLater(end: string | null, than: string): boolean {
  const [instant, limit] = [end === null ? undefined : parseInstant(end), parseInstant(than)];
  return limit !== undefined && (instant === undefined || instant > limit);
}

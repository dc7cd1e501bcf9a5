import type { AttributePath } from "../../framework/attribute-path.ts";
import { absent, known, knownOrUndefined, undecided } from "../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext, PlannedAttributes } from "../../framework/resource.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { parseInstant } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import { checkAbilities, isAble } from "./abilities.ts";
import { decideRotation, type SeriesPlan } from "./decide-rotation.ts";
import { checkEnd, endOfCurrent, endOfNew, warnOfEnd, warnOfEndlessLife } from "./plan-end.ts";
import { planRotation } from "./plan-rotation.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { recall, type SeriesMemory } from "./series-memory.ts";
import { checkSlotsOfNew, findUser, type PlanReach } from "./slots.ts";
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
    await checkSlotsOfNew(knownOrUndefined(context.planned.user), context);
    return { planned: plannedNew(context) };
  }
  const plan = { ...context, prior };
  const user = await planUser(plan);
  if (user.requiresReplace !== undefined) {
    checkEnd(context, endOfNew(context), clock);
    return user;
  }
  const memory = recall(context.privateState);
  const rotation = decideRotation(plan, memory);
  if (rotation.kind === "none") return { planned: { ...user.planned, ...planChange(plan, memory, clock) } };
  // Whatever ended before: a token must not be made for a time that is over.
  checkEnd({ ...context, prior: undefined }, endOfNew(context), clock);
  return { planned: { ...user.planned, ...(await planRotation(plan, memory, rotation)) } };
}

function plannedNew(context: Plan): Planned {
  return { expiration_time: endOfNew(context), expired: known(false), previous_token: absent };
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
  return way && (await findUser(way, reference))?.identity.authId;
}

/** Plans what keeps the secret: another end, and whatever is left to do about the previous token. */
function planChange(plan: SeriesPlan, memory: SeriesMemory, clock: Clock): Planned {
  const { prior } = plan;
  const end = endOfCurrent(plan, memory);
  checkEnd(plan, end, clock);
  warnOfEnd(plan, end);
  const isSameEnd = (knownOrUndefined(end) ?? null) === prior.expiration_time && end.kind !== "unknown";
  return {
    expiration_time: end,
    ...(isSameEnd ? {} : { expired: end.kind === "unknown" ? undecided : known(false) }),
    ...planPrevious(plan, memory),
  };
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

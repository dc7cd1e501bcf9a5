import {
  absent,
  type AttributeValue,
  known,
  knownOrAbsent,
  knownOrUndefined,
  undecided,
} from "../../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext, PlannedAttributes } from "../../../framework/resource.ts";
import { type Clock, systemClock } from "../../../vocabulary/clock.ts";
import { isCoreWith } from "../../../vocabulary/core-features.ts";
import type { IdentityReference } from "../../../vocabulary/identity-text.ts";
import { parseInstant } from "../../../vocabulary/instant.ts";
import { type Connection, reading } from "../../connection.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";
import { accessTokenPrivileges } from "../needed-privileges.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { decideRotation, type SeriesPlan } from "../series/decide-rotation.ts";
import { accountNow, isCleanUpDue, type PreviousPhase, type SeriesPhase } from "../series/phase.ts";
import { recall } from "../series/private-state.ts";
import { warnOfStrangers } from "../series/strangers.ts";
import { checkAbilities } from "../token/abilities.ts";
import { checkSlotsOfNew } from "../token/slots.ts";
import { refuseAdministrator, type TokenGuard } from "../user/allow-administrator.ts";
import { ownerAfter, planAccount, plannedAccountAttributes, type PlannedAccount } from "../user/plan-account.ts";
import { findTokenUser } from "../user/token-user.ts";
import { refuseOwnDeletion, refuseOwnEnd } from "./own-token.ts";
import { checkEnd, endOfCurrent, endOfNew, warnOfEnd, warnOfEndlessLife } from "./plan-end.ts";
import { planRotation, secretOfNew } from "./plan-rotation.ts";

type TokenPlan = PlanContext<AccessTokenSchema, Connection>;
type Changes = PlanChanges<AccessTokenSchema>;
type Planned = PlannedAttributes<AccessTokenSchema>;

/** What is particular about planning a series of access tokens, beyond what its schema says. */
export async function planAccessToken(context: TokenPlan): Promise<Changes> {
  const attempt = { summary: "The access token could not be planned", privilege: accessTokenPrivileges.read };
  return withDiagnostics(attempt, async () => planToken(context));
}

/** Refuses to destroy the access token that the provider is signed in with. */
export async function planAccessTokenDestroy(
  context: PlanDestroyContext<AccessTokenSchema, Connection>,
): Promise<void> {
  await refuseOwnDeletion(context);
}

async function planToken(context: TokenPlan): Promise<Changes> {
  checkAbilities(context);
  const { prior } = context;
  // Nothing but refusals depends on the time: planning again while applying shows the same, or refuses.
  const clock = context.client?.clock ?? systemClock;
  if (prior === undefined) {
    warnOfEndlessLife(context);
    checkEnd(context, endOfNew(context), clock);
    await checkUserOfNew(context);
    return { planned: plannedNew(context) };
  }
  const phase = recall(context.privateState);
  const account = await planAccount({ ...context, prior }, accountNow(phase));
  return planSeries(seriesPlan({ ...context, prior }, account), phase, clock);
}

/**
 * With `ignore_changes`, engines pass the value of the state as if it were configured: both `expiration_time` and `expires_in`,
 * which nobody can configure together. Such an end has to be planned as it is, because the engine expects that, but it decides
 * nothing else.
 */
function seriesPlan(context: Omit<SeriesPlan, "account" | "isEndIgnored">, account: PlannedAccount): SeriesPlan {
  const { config } = context;
  const isEndIgnored = config.expiration_time.kind !== "null" && config.expires_in.kind !== "null";
  if (!isEndIgnored) return { ...context, account, isEndIgnored };
  return { ...context, account, isEndIgnored, config: { ...config, expiration_time: absent } };
}

async function planSeries(plan: SeriesPlan, phase: SeriesPhase, clock: Clock): Promise<Changes> {
  const { prior, account } = plan;
  const attributes = plannedAccountAttributes(plan, account);
  const rotation = decideRotation(plan, phase);
  const end = plan.isEndIgnored ? { expiration_time: knownOrAbsent(prior.expiration_time) } : {};
  if (rotation.kind === "none") {
    return { planned: { ...attributes, ...(await planChange(plan, phase, clock)), ...end } };
  }
  // Whatever ended before: a token must not be made for a time that is over.
  checkEnd({ ...plan, prior: undefined }, endOfNew(plan), clock);
  await guardUser(plan, ownerAfter(plan, account));
  return { planned: { ...(await planRotation(plan, phase, rotation)), ...attributes, ...end } };
}

async function checkUserOfNew(context: TokenPlan): Promise<void> {
  const { client, planned, diagnostics } = context;
  if (client === undefined) return;
  const asked = knownOrUndefined(planned.user);
  const user = await findTokenUser(reading(client, context.signal), asked);
  if (asked !== undefined) {
    // What an interrupted create has left is in no state: this is the only run that sees it.
    warnOfStrangers({ client, diagnostics }, await checkSlotsOfNew(asked, user, { ...context, client }));
  }
  if (!diagnostics.hasErrors) await refuseAdministrator(guardOf(context, client), user);
}

/** Refuses a new secret, or a longer life of one, for an administrator. */
async function guardUser(context: TokenPlan, user: string | IdentityReference | undefined): Promise<void> {
  const { client, planned } = context;
  if (client === undefined || knownOrUndefined(planned.allow_administrator) === true) return;
  await refuseAdministrator(guardOf(context, client), await findTokenUser(reading(client, context.signal), user));
}

function guardOf({ planned, signal, diagnostics }: TokenPlan, client: Connection): TokenGuard {
  const userText = knownOrUndefined(planned.user);
  return { reach: reading(client, signal), diagnostics, userText, allowed: planned.allow_administrator };
}

function plannedNew(context: TokenPlan): Planned {
  const secret = secretOfNew(context.planned.encrypt_to);
  return { ...secret, expiration_time: endOfNew(context), expired: known(false), previous_token: absent };
}

/** Plans a change that keeps the secret: a different end, and whatever is left to do about the previous token. */
async function planChange(plan: SeriesPlan, phase: SeriesPhase, clock: Clock): Promise<Planned> {
  const { prior } = plan;
  const end = endOfCurrent(plan, phase);
  checkEnd(plan, end, clock);
  warnOfEnd(plan, end);
  if (isRevived(plan, end)) await guardUser(plan, ownerAfter(plan, plan.account));
  await guardOwnToken(plan, phase);
  const isSameEnd = (knownOrUndefined(end) ?? null) === prior.expiration_time && end.kind !== "unknown";
  return {
    expiration_time: end,
    ...(isSameEnd ? {} : { expired: end.kind === "unknown" ? undecided : known(false) }),
    ...planPrevious(plan, phase),
  };
}

/** Whether a change makes the token usable again, or for longer than before. */
function isRevived({ prior, planned }: SeriesPlan, end: AttributeValue<string>): boolean {
  if (knownOrUndefined(planned.enabled) === false) return false;
  if (!prior.enabled) return true;
  return prior.expiration_time !== null && end.kind === "known" && isLater(end.value, prior.expiration_time);
}

async function guardOwnToken(plan: SeriesPlan, phase: SeriesPhase): Promise<void> {
  const { prior, planned } = plan;
  const previousId = prior.previous_token?.id;
  if (knownOrUndefined(planned.enabled) === false && prior.enabled) {
    await refuseOwnEnd(plan, { ids: [prior.id, previousId], by: "by disabling it", attribute: ["enabled"] });
  }
  if (isCleanUpDue(phase)) {
    await refuseOwnEnd(plan, { ids: [previousId], by: "by its deletion", attribute: ["previous_token"] });
  }
}

/** Plans what the phase of the previous token asks for. */
function planPrevious({ prior, client, diagnostics }: SeriesPlan, { previous: phase }: SeriesPhase): Planned {
  const { previous_token: previous } = prior;
  if (previous === null) return {};
  const id = previous.id;
  switch (phase.kind) {
    case "over":
    case "stray":
      diagnostics.warning({
        summary: "Old access token will be deleted",
        detail: `The access token ${String(id)} ${whyDeleted[phase.kind]}. Applying this plan deletes it.`,
        attribute: ["previous_token"],
      });
      return { previous_token: absent };
    case "uneven": {
      const end = endToBringBack(previous, phase, client);
      const attributes = { id: known(id), expiration_time: end === undefined ? undecided : known(end) };
      return { previous_token: { kind: "partly-known", attributes } };
    }
    case "kept": {
      const end = endToBringBack(previous, phase, client);
      return end === undefined ? {} : { previous_token: known({ id, expiration_time: end }) };
    }
  }
}

const whyDeleted = {
  over: "was replaced by a rotation, and its overlap has ended",
  stray: "was left behind by a request whose answer was lost, and nobody has its bearer token",
} as const;

/** The end that the provider has set, where somebody has given the token a later one. */
function endToBringBack(
  { expiration_time: end }: NonNullable<SeriesPlan["prior"]["previous_token"]>,
  { retireAt }: PreviousPhase,
  client: Connection | undefined,
): string | undefined {
  const isAbleToEnd = client === undefined || isCoreWith("tokenExpiration", client.coreVersion);
  return retireAt !== undefined && isAbleToEnd && isLater(end, retireAt) ? retireAt : undefined;
}

function isLater(end: string | null, than: string): boolean {
  const [instant, limit] = [end === null ? undefined : parseInstant(end), parseInstant(than)];
  return limit !== undefined && (instant === undefined || instant > limit);
}

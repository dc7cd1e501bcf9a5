import type { AccessToken } from "../../client/access-tokens.ts";
import { ClusterError } from "../../client/cluster-error.ts";
import type { ExpandedIdentity } from "../../client/identities.ts";
import type { AttributePath } from "../../framework/attribute-path.ts";
import { known, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext } from "../../framework/resource.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { type IdentityReference, parseIdentityText } from "../../vocabulary/identity-text.ts";
import { instantOf, isSameInstant, parseInstant } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { groupRefusal } from "./user-text.ts";

type Plan = PlanContext<AccessTokenSchema, Connection>;

const slotsPerUser = 2;

/** What is particular about planning an access token, beside what its schema says. */
export async function planAccessToken(context: Plan, fallbackClock: Clock): Promise<PlanChanges<AccessTokenSchema>> {
  checkExpiration(context, context.client?.clock ?? fallbackClock);
  if (context.prior === undefined) {
    await checkUser(context);
    return {};
  }
  const user = await planUser(context);
  const isExpirationRemoved = context.prior.expiration_time !== null && context.planned.expiration_time.kind === "null";
  const replacing: readonly AttributePath[] = isExpirationRemoved ? [["expiration_time"]] : [];
  return { ...user, requiresReplace: [...(user.requiresReplace ?? []), ...replacing] };
}

/**
 * Refuses a time in the past when a token is made or changed. A token that has expired meanwhile is no error: nothing
 * but the practitioner's own time is judged, so that planning while applying decides the same or refuses as well.
 */
function checkExpiration({ config, prior, diagnostics }: Plan, clock: Clock): void {
  const asked = knownOrUndefined(config.expiration_time);
  if (asked === undefined) {
    if (prior === undefined && config.expiration_time.kind === "null") warnOfEndlessLife(diagnostics);
    return;
  }
  const before = prior?.expiration_time ?? undefined;
  if (before !== undefined && isSameInstant(before, asked)) return;
  const instant = parseInstant(asked);
  const now = clock.now();
  if (instant === undefined || instant > instantOf(now)) return;
  diagnostics.error({
    summary: "Expiration time is in the past",
    detail: `expiration_time is ${asked}, and it is already ${now.toISOString()}. Choose a later time, or leave it out for a token that never expires.`,
    attribute: ["expiration_time"],
  });
}

function warnOfEndlessLife(diagnostics: Plan["diagnostics"]): void {
  diagnostics.warning({
    summary: "Access token never expires",
    detail:
      "Without expiration_time, whoever gets hold of the bearer token can use it until somebody deletes the access token. Set expiration_time to limit that.",
    attribute: ["expiration_time"],
  });
}

/** Finds out whether another spelling of `user` is another user: only then a new token is needed. */
async function planUser({ planned, prior, client, signal }: Plan): Promise<PlanChanges<AccessTokenSchema>> {
  const asked = knownOrUndefined(planned.user);
  if (prior === undefined || asked === prior.user) return {};
  const authId = await findAuthId(asked, client && { client, signal });
  const isSameUser = authId !== undefined && authId === prior.identity?.auth_id;
  return isSameUser ? { planned: { user: known(prior.user) } } : { requiresReplace: [["user"]] };
}

async function findAuthId(user: string | undefined, reach: Reach | undefined): Promise<string | undefined> {
  const reference = user === undefined ? undefined : referenceOf(user);
  if (reference === undefined || reference.authId !== undefined) return reference?.authId;
  return reach && (await findUser(reach, reference))?.identity.authId;
}

/** Refuses a group, and warns when both slots of the user are taken. A user who is not there yet may come with this run. */
async function checkUser({ planned, client, signal, diagnostics }: Plan): Promise<void> {
  const asked = knownOrUndefined(planned.user);
  const reference = asked === undefined ? undefined : referenceOf(asked);
  if (client === undefined || asked === undefined || reference === undefined) return;
  if (client.memory.findCreatedUser(reference) !== undefined) return;
  const user = await findUser({ client, signal }, reference);
  if (user === undefined) return;
  if (user.type === "GROUP") {
    diagnostics.error({ ...groupRefusal(asked), attribute: ["user"] });
    return;
  }
  const tokens = await listTokens({ client, signal }, user.identity.authId);
  if (tokens.length < slotsPerUser) return;
  diagnostics.warning({
    summary: "User has two access tokens already",
    detail: `${asked} has the access tokens ${renderTokens(tokens)}, and a user has two at most. Creating another one fails unless one of them is deleted before, by this run or by hand.`,
    attribute: ["user"],
  });
}

/** The access tokens in a user's slots, for messages. */
export function renderTokens(tokens: readonly AccessToken[]): string {
  return tokens
    .map(({ id, creationTime, expirationTime, creator }) => {
      const end = expirationTime === undefined ? "never expires" : `expires ${expirationTime}`;
      const by = creator?.name === undefined ? "" : ` by ${creator.name}`;
      return `${id} (created ${creationTime}${by}, ${end})`;
    })
    .join(" and ");
}

/** The identity that a text names, or `undefined` when it names none: that is refused while validating. */
export function referenceOf(text: string): IdentityReference | undefined {
  const parsed = parseIdentityText(text);
  return parsed.kind === "identity" ? parsed.identity : undefined;
}

type Reach = Pick<PlanContext<AccessTokenSchema, Connection>, "signal"> & { readonly client: Connection };

/** Planning goes on without what the cluster does not know yet, or the provider's account may not see. */
async function findUser({ client, signal }: Reach, user: IdentityReference): Promise<ExpandedIdentity | undefined> {
  return unlessRefused(async () => client.cluster.until(signal).identities.expand(user));
}

async function listTokens({ client, signal }: Reach, authId: string): Promise<readonly AccessToken[]> {
  const tokens = await unlessRefused(async () => client.cluster.until(signal).accessTokens.listOf(authId));
  if (tokens === undefined) return [];
  client.memory.setSeenTokens(
    authId,
    tokens.map((token) => token.id),
  );
  return tokens;
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ClusterError && error.kind === "answer") return undefined;
    throw error;
  }
}

import type { AccessToken } from "../../../client/access-tokens.ts";
import { unlessAnswered } from "../../../client/cluster-error.ts";
import type { PlanContext } from "../../../framework/resource.ts";
import { listed } from "../../../vocabulary/listed.ts";
import { type Connection, type Reach, reading } from "../../connection.ts";
import type { AccessTokenSchema } from "../schema.ts";
import type { TokenUser } from "../user/token-user.ts";
import { groupRefusal } from "../user/user-text.ts";

type TokenPlan = PlanContext<AccessTokenSchema, Connection>;

/** How many access tokens the cluster lets a user have. */
export const slotsPerUser = 2;

/**
 * Refuses a group, and warns when both slots of the user are taken. A user who does not exist yet may be created in this run.
 *
 * @returns the token in one of the slots, where the other one is free
 */
export async function checkSlotsOfNew(
  asked: string,
  user: TokenUser,
  plan: TokenPlan & { readonly client: Connection },
): Promise<readonly AccessToken[]> {
  const { client, signal, diagnostics } = plan;
  if (user.kind !== "known") return [];
  if (user.expanded.type === "GROUP") {
    diagnostics.error({ ...groupRefusal(asked), attribute: ["user"] });
    return [];
  }
  const tokens = await listTokens(reading(client, signal), user.expanded.identity.authId);
  if (tokens.length < slotsPerUser) return tokens;
  diagnostics.warning({
    summary: "User has two access tokens already",
    detail: `${asked} has the access tokens ${renderTokens(tokens)}, and a user has two at most. Creating another one fails unless one of them is deleted first, by this run or by hand.`,
    attribute: ["user"],
  });
  return [];
}

/** Warns when a rotation would find no free slot. The slot of the token that it deletes first counts as free. */
export async function checkSlotsOfRotation(
  { prior, client, signal, diagnostics }: TokenPlan,
  { authId, deletedFirst }: { readonly authId: string | undefined; readonly deletedFirst: string | undefined },
): Promise<void> {
  if (client === undefined || prior === undefined || authId === undefined) return;
  const tokens = await listTokens(reading(client, signal), authId);
  const left = tokens.filter(({ id }) => id !== deletedFirst);
  const others = left.filter(({ id }) => id !== prior.id && id !== prior.previous_token?.id);
  if (left.length < slotsPerUser) return;
  diagnostics.warning({
    summary: "No slot to rotate the access token",
    detail: `${prior.user} has two access tokens already, and one of them is not of this series: ${renderTokens(others)}. Rotating fails unless it is deleted first, by this run or by hand; the token then stays as it is.`,
    attribute: ["user"],
  });
}

/** The access tokens in a user's slots, for messages. */
export function renderTokens(tokens: readonly AccessToken[]): string {
  const texts = tokens.map(({ id, creationTime, expirationTime, creator }) => {
    const end = expirationTime === undefined ? "never expires" : `expires ${expirationTime}`;
    const by = creator?.name === undefined ? "" : ` by ${creator.name}`;
    return `${id} (created ${creationTime}${by}, ${end})`;
  });
  return listed(texts, { separator: " and " });
}

/** The command that deletes an access token by hand. */
export function deletionCommand(id: string): string {
  return `qq auth_delete_access_token ${id}`;
}

async function listTokens({ cluster, memory }: Reach, authId: string): Promise<readonly AccessToken[]> {
  const tokens = await unlessAnswered("any", async () => cluster.accessTokens.listOf(authId));
  if (tokens === undefined) return [];
  memory.accessTokens.setSeen(
    authId,
    tokens.map((token) => token.id),
  );
  return tokens;
}

import type { CreateContext } from "../../../framework/resource.ts";
import type { Connection } from "../../connection.ts";
import type { LostRequest } from "../../run/lost-requests.ts";
import { type AccessTokenModel, settingsOf, toModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { finishToken, makeToken } from "../token/write.ts";
import { meetAccount } from "../user/account.ts";
import { asPlanned } from "./as-planned.ts";
import { inUse, kept } from "./phase.ts";
import { remember } from "./private-state.ts";
import { unmadeState } from "./read-unmade.ts";

type Create = CreateContext<AccessTokenSchema, Connection>;

/** Creates the first token of a series. */
export async function createSeries(context: Create): Promise<AccessTokenModel> {
  const { planned, privateState, client } = context;
  const account = await meetAccount(context);
  // Of an object that was deleted before this one, in the same run.
  const lost = account.authId === undefined ? [] : client.memory.lostRequests.take(account.authId);
  const fresh = { expired: false, previous_token: null };
  const keep = (request: LostRequest): string => keepRequest(context, [...lost, request]);
  const token = await makeToken(context, { account, lost, keep, savedWith: fresh });
  const end = planned.expires_in === null ? undefined : token.end;
  remember(privateState, { current: inUse(end), previous: kept(), lost });
  const finished = await finishToken(context, token, account.authId);
  return asPlanned(planned, toModel(finished, { ...planned, ...token.secret, ...fresh }));
}

/** Stores a create whose outcome is unknown as an object without an id, so that the next plan can look for its token. */
function keepRequest({ planned, saveState, privateState }: Create, lost: readonly LostRequest[]): string {
  const request = lost.at(-1);
  if (request === undefined || request.authId === "") {
    return "Look at the access tokens of the user (qq auth_list_access_tokens), and delete the one that nobody uses before you run the same command again.";
  }
  saveState({ ...settingsOf(planned), user: planned.user, enabled: planned.enabled, ...unmadeState(request) });
  remember(privateState, { current: inUse(undefined), previous: kept(), lost });
  return "State holds what was asked for. Run the same command again: it first looks for the access token, and deletes it if it provably came from this request.";
}

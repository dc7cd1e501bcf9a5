import type { AccessToken } from "../../../client/access-tokens.ts";
import type { Action, ActionContext, ActionPlanContext } from "../../../framework/action/action.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { Diagnostics } from "../../../framework/diagnostics.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import type { ConfigModel } from "../../../framework/model.ts";
import { listed } from "../../../vocabulary/listed.ts";
import { type Connection, type Reach, reading, writing } from "../../connection.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";
import { accessTokenPrivileges } from "../needed-privileges.ts";
import { refuseEndOf } from "../planning/own-token.ts";
import { listTokensOf } from "../token/read.ts";
import { renderTokens } from "../token/slots.ts";
import { findTokenUser } from "../user/token-user.ts";
import { groupRefusal } from "../user/user-text.ts";
import { deleteForAction, findTokenById, ownerOf, whatComesBack, works } from "./acting.ts";
import { revokeAccessTokensSchema, type RevokeAccessTokensSchema } from "./schema.ts";

type Context = ActionContext<RevokeAccessTokensSchema, Connection>;

/** What is to be revoked, as the practitioner says it. */
interface Asked {
  readonly user: string | undefined;
  readonly ids: readonly string[] | undefined;
}

/** The part of it that exists on the cluster. */
interface Found {
  readonly tokens: readonly AccessToken[];
  /** Ids of tokens that are not there any more. */
  readonly gone: readonly string[];
}

/** Deletes access tokens that may be in the wrong hands. */
export const revokeAccessTokens: Action<RevokeAccessTokensSchema, Connection> = {
  name: "revoke_access_tokens",
  schema: revokeAccessTokensSchema,

  validate({ config: { user, ids }, diagnostics }) {
    if (user.kind === "null" && ids.kind === "null") diagnostics.error(nothingNamed);
  },

  async plan(context) {
    const { client, config, diagnostics, signal } = context;
    const asked = askedIn(config);
    const found = client && asked && (await findAsked(reading(client, signal), asked, { isPlan: true }));
    if (client === undefined || asked === undefined || found === undefined) {
      diagnostics.warning({ ...warning, detail: `${undecided} ${whatWorksOn}` });
      return;
    }
    await guard({ ...context, isAllowed: knownOrUndefined(config.allow_lock_out) === true }, asked, found);
    if (diagnostics.hasErrors || found.tokens.length === 0) return;
    const ids = found.tokens.map(({ id }) => id);
    const next = "makes another one, with a new bearer token";
    const owners = listed([...new Set(found.tokens.map(ownerOf))]);
    diagnostics.warning({
      ...warning,
      detail: `This deletes the access tokens of ${owners}: ${renderTokens(found.tokens)}. Whatever uses one of them loses its access at once. ${whatComesBack(ids, client, next)} ${whatWorksOn}`,
    });
  },

  async invoke(context) {
    const { client, config, diagnostics, signal, progress } = context;
    const reach = writing(client, signal);
    const asked: Asked = { user: config.user ?? undefined, ids: config.ids ?? undefined };
    const found = await findAsked(reach, asked, { isPlan: false });
    if (found === undefined) return;
    await guard({ ...context, isAllowed: config.allow_lock_out === true }, asked, found);
    if (diagnostics.hasErrors) return;
    for (const id of found.gone) progress(`Access token ${id} is gone already.`);
    for (const token of found.tokens) {
      const isDeleted = await deleteForAction(reach, token, diagnostics);
      if (isDeleted) progress(`Deleted the access token ${token.id} of ${ownerOf(token)}.`);
    }
    await tellWhatWorks(context, reach, { asked, found });
  },
};

const nothingNamed = {
  summary: "Nothing to revoke",
  detail: "Neither user nor ids is set. Set user for all access tokens of a user, ids for single ones, or both.",
  attribute: ["user"],
};

const warning = { summary: "Access tokens will be deleted" };
const undecided =
  "Which ones is decided during apply. Whatever uses one of them loses its access at once, and where a qumulo_access_token manages one, its next plan makes another one.";
const whatWorksOn = "A login with the password of the user goes on working.";

/** `undefined` while it is not known. */
function askedIn({ user, ids }: ConfigModel<RevokeAccessTokensSchema>): Asked | undefined {
  if (user.kind === "unknown" || ids.kind === "unknown") return undefined;
  return { user: knownOrUndefined(user), ids: knownOrUndefined(ids) };
}

/** @returns `undefined` for a user who does not exist while planning, since this run may create it */
async function findAsked(
  reach: Reach,
  { user, ids }: Asked,
  { isPlan }: { readonly isPlan: boolean },
): Promise<Found | undefined> {
  if (user === undefined) return findByIds(reach, ids ?? []);
  const authId = await findUser(reach, user, isPlan);
  if (authId === undefined) return undefined;
  const attempt = { summary: `The access tokens of ${user} could not be read`, privilege: accessTokenPrivileges.read };
  const all = await withDiagnostics(attempt, async () => listTokensOf(reach, authId));
  if (ids === undefined) return { tokens: all, gone: [] };
  const others = await findByIds(
    reach,
    ids.filter((id) => all.every((token) => token.id !== id)),
  );
  const [stranger] = others.tokens;
  if (stranger !== undefined) throw notOfUser(stranger, user);
  return { tokens: all.filter(({ id }) => ids.includes(id)), gone: others.gone };
}

async function findByIds(reach: Reach, ids: readonly string[]): Promise<Found> {
  const found = await Promise.all(ids.map(async (id) => ({ id, token: await findTokenById(reach, id) })));
  return {
    tokens: found.flatMap(({ token }) => (token === undefined ? [] : [token])),
    gone: found.flatMap(({ id, token }) => (token === undefined ? [id] : [])),
  };
}

async function findUser(reach: Reach, text: string, isPlan: boolean): Promise<string | undefined> {
  const attempt = { summary: `User ${text} could not be looked up`, privilege: "PRIVILEGE_IDENTITY_READ" };
  const user = await withDiagnostics(attempt, async () => findTokenUser(reach, text));
  switch (user.kind) {
    case "known":
      if (user.expanded.type === "GROUP") throw new DiagnosticError({ ...groupRefusal(text), attribute: ["user"] });
      return user.expanded.identity.authId;
    case "created":
      return user.identity.authId;
    case "hidden":
      if (user.reference.authId !== undefined) return user.reference.authId;
      throw new DiagnosticError(hidden(text));
    case "absent":
    case "undecided":
      if (isPlan) return undefined;
      throw new DiagnosticError(nobody(text));
  }
}

function hidden(text: string) {
  return {
    summary: `Whom ${text} means is not known`,
    detail:
      "The provider's own account may not look up users: that needs PRIVILEGE_IDENTITY_READ. Grant it, or name the user by auth_id, or the access tokens by ids.",
    attribute: ["user"],
  };
}

function nobody(text: string) {
  return {
    summary: "No such user",
    detail: `The cluster has no user ${text}, so nothing was deleted. Check the spelling, or name the access tokens by ids.`,
    attribute: ["user"],
  };
}

function notOfUser(token: AccessToken, user: string): DiagnosticError {
  return new DiagnosticError({
    summary: "Access token of somebody else",
    detail: `${token.id} is an access token of ${ownerOf(token)}, and user is "${user}", so nothing was deleted. Take it out of ids, or leave user out if you mean it.`,
    attribute: ["ids"],
  });
}

/** Refuses to delete what the provider is signed in with. */
async function guard(
  context: Pick<ActionPlanContext<RevokeAccessTokensSchema, Connection>, "client" | "signal"> & {
    readonly diagnostics: Diagnostics;
    readonly isAllowed: boolean;
  },
  { ids }: Asked,
  { tokens }: Found,
): Promise<void> {
  const attribute = [ids === undefined ? "user" : "ids"];
  await refuseEndOf({ ...context, attribute }, { ids: tokens.map(({ id }) => id), by: "by its deletion" });
}

/** Says which access tokens of the users in question the cluster still accepts. */
async function tellWhatWorks(
  { client, diagnostics, progress }: Context,
  reach: Reach,
  { asked, found }: { readonly asked: Asked; readonly found: Found },
): Promise<void> {
  const owners = new Map(found.tokens.map((token) => [token.user.authId, ownerOf(token)]));
  if (owners.size === 0 && asked.user !== undefined && asked.ids === undefined) {
    progress(`${asked.user} has no access token.`);
  }
  for (const [authId, owner] of owners) {
    const attempt = { summary: `What of ${owner} still works is unknown`, privilege: accessTokenPrivileges.read };
    const left = await withDiagnostics(attempt, async () => listTokensOf(reach, authId));
    const working = left.filter((token) => works(token, client));
    if (working.length === 0) progress(`No access token of ${owner} works any more. ${whatWorksOn}`);
    else diagnostics.warning(stillWorking(owner, working));
  }
}

function stillWorking(owner: string, tokens: readonly AccessToken[]) {
  return {
    summary: `Access tokens of ${owner} still work`,
    detail: `The cluster still accepts ${renderTokens(tokens)}. Name them in ids, or leave ids out, to delete them as well. ${whatWorksOn}`,
  };
}

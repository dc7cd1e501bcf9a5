import type { AccessToken, AccessTokenChange, CreatedAccessToken } from "../../../client/access-tokens.ts";
import { isAnswer } from "../../../client/cluster-error.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import { DiagnosticError } from "../../../framework/diagnostics.ts";
import type { PlannedModel } from "../../../framework/model.ts";
import type { CreateContext } from "../../../framework/resource.ts";
import { type Connection, type Reach, writing } from "../../connection.ts";
import { deleteAndVerify } from "../../operation/deletion.ts";
import { withDiagnostics } from "../../operation/with-diagnostics.ts";
import { type AccessTokenModel, secretModel, type SecretModel, settingsOf } from "../model.ts";
import { accessTokenPrivileges } from "../needed-privileges.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { prepareEncryption } from "../secret/encrypt-bearer-token.ts";
import { createAccessToken, type TokenCreation } from "./create.ts";
import { msOf } from "./duration.ts";
import { unmistakableEnd } from "./lost-request.ts";
import { findToken } from "./read.ts";

type Create = CreateContext<AccessTokenSchema, Connection>;

/** A token that has just been made. */
export interface NewToken {
  readonly id: string;
  /** When it ends; `undefined` when it never does. */
  readonly end: string | undefined;
  readonly secret: SecretModel;
}

/** Whom a token is created for, and what to do about requests whose outcome is unknown. */
export interface TokenOrder extends Pick<TokenCreation, "account" | "lost" | "keep"> {
  /** What else state holds as soon as the token is there. */
  readonly savedWith: Partial<AccessTokenModel>;
}

/** Makes a token, and saves its secret: the cluster never shows it again. */
export async function makeToken(context: Create, order: TokenOrder): Promise<NewToken> {
  const { planned, client, signal, saveState } = context;
  const reach = writing(client, signal);
  const encryptBearerToken = await prepareEncryption(planned.encrypt_to);
  const { end, isUnmistakable } = endToAskFor(planned, reach);
  const { account, lost, keep, savedWith } = order;
  const created: CreatedAccessToken = await createAccessToken({
    reach,
    undoReach: writing(client, context.undoSignal),
    memory: client.memory,
    userText: planned.user,
    ...{ account, end, isUnmistakable, lost, keep },
  });
  await undoIfEngineIsGone(context, created.id);
  const token: NewToken = { id: created.id, end, secret: await secretModel(created.bearerToken, encryptBearerToken) };
  saveState({
    ...settingsOf(planned),
    ...token.secret,
    ...savedWith,
    user: planned.user,
    id: token.id,
    expiration_time: end ?? null,
    // As the cluster makes it; disabling comes after.
    enabled: true,
    expired: false,
    creation_time: reach.clock.now().toISOString(),
  });
  return token;
}

/**
 * The end to ask for. `expires_in` takes precedence, because with `ignore_changes` an engine passes the previous end as if it
 * were configured.
 */
function endToAskFor(
  { expiration_time, expires_in }: PlannedModel<AccessTokenSchema>,
  { clock }: Reach,
): Pick<TokenCreation, "end" | "isUnmistakable"> {
  if (expires_in !== null) return { end: unmistakableEnd(clock.now(), msOf(expires_in)), isUnmistakable: true };
  return { end: knownOrUndefined(expiration_time), isUnmistakable: false };
}

/**
 * Deletes a token that was made for an engine that is gone: nobody will ever see its bearer token.
 *
 * @throws {DiagnosticError} when the engine is gone; nobody reads it, and nothing else may be done
 */
export async function undoIfEngineIsGone(
  { client, engineGone, undoSignal }: Pick<Create, "client" | "engineGone" | "undoSignal">,
  id: string,
): Promise<void> {
  if (!engineGone.aborted) return;
  await deleteToken(writing(client, undoSignal), id, undefined);
  throw new DiagnosticError({
    summary: "The engine is gone",
    detail: `It ended while the access token ${id} was made. The token has been deleted, since nobody would ever see its bearer token; everything else stays as it was. Run the same command again.`,
  });
}

/** Disables a new token if so asked, and reads what only the cluster decides. */
export async function finishToken(
  { planned, client, signal }: Create,
  { id }: NewToken,
  authId: string | undefined,
): Promise<AccessToken> {
  const reach = writing(client, signal);
  const attempt = {
    summary: `Access token ${id} was created, but could not be read`,
    privilege: accessTokenPrivileges.read,
  };
  const token = await withDiagnostics(attempt, async () =>
    planned.enabled ? findToken(reach, { id, authId }) : reach.cluster.accessTokens.update(id, { enabled: false }),
  );
  if (token === undefined) throw gone(id);
  return token;
}

/** Deletes a token; one that is gone already is a success. */
export async function deleteToken(reach: Reach, id: string, authId: string | undefined): Promise<void> {
  await withDiagnostics(
    { summary: `Access token ${id} could not be deleted`, privilege: accessTokenPrivileges.write },
    async () =>
      deleteAndVerify(
        async () => reach.cluster.accessTokens.delete(id),
        async () => (await findToken(reach, { id, authId })) !== undefined,
      ),
  );
}

/** Whether a change is empty, so that no request is needed. */
export function isNothing({ expirationTime, enabled }: AccessTokenChange): boolean {
  return expirationTime === undefined && enabled === undefined;
}

/** Changes a token; `undefined` when it is gone. */
export async function changeToken(
  reach: Reach,
  id: string,
  change: AccessTokenChange,
): Promise<AccessToken | undefined> {
  return withDiagnostics(
    { summary: `Access token ${id} could not be changed`, privilege: accessTokenPrivileges.write },
    async () => {
      try {
        return await reach.cluster.accessTokens.update(id, change);
      } catch (error) {
        if (isAnswer(error, 404)) return undefined;
        throw error;
      }
    },
  );
}

/** Says that a token was deleted after the plan was made. */
export function gone(id: string): DiagnosticError {
  return new DiagnosticError({
    summary: `Access token ${id} is gone`,
    detail: "It was deleted after the plan was made. Run a plan again, which shows that it will be created again.",
  });
}

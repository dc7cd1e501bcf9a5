import type { AccessToken, AccessTokenChange, CreatedAccessToken } from "../../client/access-tokens.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { PlannedModel } from "../../framework/model.ts";
import type { CreateContext } from "../../framework/resource.ts";
import { explained } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { deleteSurely } from "../deletion.ts";
import { createAccessToken } from "./create.ts";
import { msOf, timeAfter } from "./duration.ts";
import { type AccessTokenModel, secretModel, type SecretModel, settingsOf } from "./model.ts";
import { findToken, type Reach, reach, readPrivilege, writePrivilege } from "./read.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { prepareSeal } from "./seal.ts";
import { referenceOf } from "./user-text.ts";

type Create = CreateContext<AccessTokenSchema, Connection>;

/** A token that has just been made. */
export interface NewToken {
  readonly id: string;
  /** When it ends; `undefined` when it never does. */
  readonly end: string | undefined;
  readonly secret: SecretModel;
}

/**
 * Makes a token, and saves its secret: the cluster never shows it again.
 *
 * @param beside - what else state is to hold from this moment on
 */
export async function makeToken(context: Create, beside: Partial<AccessTokenModel>): Promise<NewToken> {
  const { planned, client, signal, saveState } = context;
  const way = reach(client, signal);
  const seal = await prepareSeal(planned.encrypt_to);
  const end = endOfNew(planned, way);
  const request = { user: referenceOf(planned.user) ?? {}, expirationTime: end };
  const created: CreatedAccessToken = await createAccessToken({
    way,
    memory: client.memory,
    userText: planned.user,
    request,
  });
  const token: NewToken = { id: created.id, end, secret: await secretModel(created.bearerToken, seal) };
  saveState({
    ...settingsOf(planned),
    ...token.secret,
    ...beside,
    user: planned.user,
    id: token.id,
    expiration_time: end ?? null,
    // As the cluster makes it; disabling comes after.
    enabled: true,
    expired: false,
    creation_time: way.clock.now().toISOString(),
  });
  return token;
}

function endOfNew(
  { expiration_time, expires_in }: PlannedModel<AccessTokenSchema>,
  { clock }: Reach,
): string | undefined {
  if (expiration_time.kind === "known") return expiration_time.value;
  return expires_in === null ? undefined : timeAfter(clock.now(), msOf(expires_in));
}

/** Disables a new token if so asked, and reads what only the cluster decides. */
export async function finishToken(
  { planned, client, signal }: Create,
  { id }: NewToken,
  authId: string | undefined,
): Promise<AccessToken> {
  const way = reach(client, signal);
  const attempt = { summary: `Access token ${id} was created, and could not be read`, privilege: readPrivilege };
  const token = await explained(attempt, async () =>
    planned.enabled ? findToken(way, { id, authId }) : way.cluster.accessTokens.update(id, { enabled: false }),
  );
  if (token === undefined) throw gone(id);
  return token;
}

/** Deletes a token; one that is gone already is a success. */
export async function deleteToken(way: Reach, id: string, authId: string | undefined): Promise<void> {
  await explained({ summary: `Access token ${id} could not be deleted`, privilege: writePrivilege }, async () =>
    deleteSurely(
      async () => way.cluster.accessTokens.delete(id),
      async () => (await findToken(way, { id, authId })) !== undefined,
    ),
  );
}

/** Whether a change changes nothing: then there is no need to ask the cluster. */
export function isNothing({ expirationTime, enabled }: AccessTokenChange): boolean {
  return expirationTime === undefined && enabled === undefined;
}

/** Changes a token; `undefined` when it is gone. */
export async function changeToken(way: Reach, id: string, change: AccessTokenChange): Promise<AccessToken | undefined> {
  return explained({ summary: `Access token ${id} could not be changed`, privilege: writePrivilege }, async () => {
    try {
      return await way.cluster.accessTokens.update(id, change);
    } catch (error) {
      if (isAnswer(error, 404)) return undefined;
      throw error;
    }
  });
}

/** Says that a token was deleted after the plan was made. */
export function gone(id: string): DiagnosticError {
  return new DiagnosticError({
    summary: `Access token ${id} is gone`,
    detail: "It was deleted after the plan was made. Run a plan again: it shows that it will be created anew.",
  });
}

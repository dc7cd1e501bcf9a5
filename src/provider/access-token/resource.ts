import type { AccessToken } from "../../client/access-tokens.ts";
import type { Cluster } from "../../client/cluster.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import { isOlderVersion } from "../../client/core-version.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { type CreateContext, removed, type Resource } from "../../framework/resource.ts";
import { isSameInstant } from "../../vocabulary/instant.ts";
import { systemClock } from "../../vocabulary/clock.ts";
import { explained } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { deleteSurely } from "../deletion.ts";
import { importedText } from "../import-id.ts";
import { createAccessToken } from "./create.ts";
import { toModel } from "./model.ts";
import { planAccessToken, referenceOf } from "./plan.ts";
import { accessTokenIdentity, accessTokenSchema, type AccessTokenSchema } from "./schema.ts";

const readPrivilege = "PRIVILEGE_ACCESS_TOKENS_READ";
const writePrivilege = "PRIVILEGE_ACCESS_TOKENS_WRITE";
/** The first version that can read, change and disable single tokens. */
const neededVersion = [5, 3, 3];

/** Manages access tokens. */
export const accessTokenResource = {
  name: "access_token",
  schema: accessTokenSchema,
  identity: accessTokenIdentity,

  async plan(context) {
    if (context.client !== undefined) reach(context.client, context.signal);
    const attempt = { summary: "The access token could not be planned", privilege: readPrivilege };
    return explained(attempt, async () => planAccessToken(context, systemClock));
  },

  async create(context) {
    const { planned, client, signal, saveState } = context;
    const cluster = reach(client, signal);
    const { id, bearerToken } = await createAccessToken({
      cluster,
      memory: client.memory,
      userText: planned.user,
      request: { user: referenceOf(planned.user) ?? {}, expirationTime: planned.expiration_time ?? undefined },
    });
    const bearer_token = bearerToken.reveal();
    // The cluster never shows it again: from here on nothing may lose it.
    saveState({ id, bearer_token });
    return toModel(await finish(cluster, id, context), { user: planned.user, bearer_token });
  },

  async read({ state, client, signal }) {
    const { accessTokens } = reach(client, signal);
    const id = state.id ?? "";
    const attempt = { summary: `Access token ${id} could not be read`, privilege: readPrivilege };
    const token = await explained(attempt, async () => accessTokens.find(id));
    return token === undefined ? removed : toModel(token, state);
  },

  async update({ planned, prior, client, signal }) {
    const { accessTokens } = reach(client, signal);
    const id = prior.id ?? "";
    const asked = planned.expiration_time;
    const isSameEnd = asked === null || (prior.expiration_time !== null && isSameInstant(asked, prior.expiration_time));
    const change = {
      expirationTime: isSameEnd ? undefined : asked,
      enabled: planned.enabled === prior.enabled ? undefined : planned.enabled,
    };
    const attempt = { summary: `Access token ${id} could not be changed`, privilege: writePrivilege };
    const token = await explained(attempt, async () => {
      try {
        return await accessTokens.update(id, change);
      } catch (error) {
        throw isAnswer(error, 404) ? gone(id) : error;
      }
    });
    return toModel(token, { user: planned.user, bearer_token: prior.bearer_token });
  },

  async delete({ state, client, signal }) {
    const { accessTokens } = reach(client, signal);
    const id = state.id ?? "";
    await explained({ summary: `Access token ${id} could not be deleted`, privilege: writePrivilege }, async () =>
      deleteSurely(
        async () => accessTokens.delete(id),
        async () => (await accessTokens.find(id)) !== undefined,
      ),
    );
  },

  async import(context) {
    const id = importedText(context, "id");
    if (!/^\d+$/.test(id)) {
      throw new DiagnosticError({
        summary: "Import id is not readable",
        detail: `The id is "${id}". Give the id of an access token, a long number; qq auth_list_access_tokens shows the ids. A bearer token is no id.`,
      });
    }
    context.diagnostics.warning({
      summary: "Imported access token has no bearer token",
      detail: `The cluster shows a bearer token only when it creates the access token. bearer_token of ${id} stays null until the token is replaced.`,
    });
    return Promise.resolve({ id });
  },

  identify: (state) => ({ id: state.id }),
} satisfies Resource<AccessTokenSchema, Connection>;

/** Disables a new token if so asked, and reads what only the cluster decides. */
async function finish(
  cluster: Cluster,
  id: string,
  { planned }: Pick<CreateContext<AccessTokenSchema, Connection>, "planned">,
): Promise<AccessToken> {
  const attempt = { summary: `Access token ${id} was created, and could not be read`, privilege: readPrivilege };
  const token = await explained(attempt, async () =>
    planned.enabled ? cluster.accessTokens.find(id) : cluster.accessTokens.update(id, { enabled: false }),
  );
  if (token === undefined) throw gone(id);
  return token;
}

function reach({ cluster, coreVersion }: Connection, signal: AbortSignal): Cluster {
  if (coreVersion === undefined || !isOlderVersion(coreVersion, neededVersion)) return cluster.until(signal);
  throw new DiagnosticError({
    summary: "Qumulo Core is too old for access tokens",
    detail: `The cluster runs Qumulo Core ${coreVersion.join(".")}. qumulo_access_token needs ${neededVersion.join(".")} or later, which can read, change and disable single tokens. Upgrade the cluster.`,
  });
}

function gone(id: string): DiagnosticError {
  return new DiagnosticError({
    summary: `Access token ${id} is gone`,
    detail: "It was deleted after the plan was made. Run a plan again: it shows that it will be created anew.",
  });
}

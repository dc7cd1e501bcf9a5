import { isAnswer } from "../../client/cluster-error.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { EphemeralContext, EphemeralResource, PrivateState } from "../../framework/resource.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { accessTokenPrivileges } from "../access-token/needed-privileges.ts";
import { unmistakableEnd } from "../access-token/token/lost-request.ts";
import type { Connection } from "../connection.ts";
import { requireCore } from "../operation/core-requirement.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { defaultLife, getLifeMs, renewalTime } from "./life.ts";
import { openToken } from "./open.ts";
import { ephemeralAccessTokenSchema, type EphemeralAccessTokenSchema } from "./schema.ts";

/**
 * Access tokens that live as long as the engine runs.
 *
 * @param ownClock - the time on this machine, by which the engine decides when to renew
 */
export function ephemeralAccessToken(ownClock: Clock): EphemeralResource<EphemeralAccessTokenSchema, Connection> {
  return {
    name: "access_token",
    schema: ephemeralAccessTokenSchema,

    async open({ config, client, privateState, diagnostics, signal, engineGone, undoSignal }) {
      requireCore(client, "tokenExpiration", "to give an access token an end");
      const user = knownOrUndefined(config.user) ?? "";
      const expires_in = knownOrUndefined(config.expires_in) ?? defaultLife;
      const life = { ms: getLifeMs(expires_in), client };
      const expiration_time = unmistakableEnd(client.clock.now(), life.ms);
      const allowed = config.allow_administrator;
      const attempt = {
        summary: `Short-lived access token for ${user} could not be created`,
        privilege: accessTokenPrivileges.write,
      };
      const { id, bearerToken } = await withDiagnostics(attempt, async () =>
        openToken({
          client,
          ...{ signal, engineGone, undoSignal },
          diagnostics,
          userText: user,
          allowed,
          expirationTime: expiration_time,
        }),
      );
      remember(privateState, { id, lifeMs: life.ms });
      return {
        result: {
          user,
          expires_in,
          allow_administrator: knownOrUndefined(allowed) === true,
          id,
          bearer_token: bearerToken.reveal(),
          expiration_time,
        },
        renewAt: renewalTime(ownClock.now(), life.ms),
      };
    },

    async renew(context) {
      const token = recall(context.privateState);
      if (token === undefined) return {};
      await prolong(context, token);
      return { renewAt: renewalTime(ownClock.now(), token.lifeMs) };
    },

    async close({ client, signal, privateState }) {
      const token = recall(privateState);
      if (token === undefined) return;
      const { accessTokens } = client.writes.until(signal);
      const summary = `Short-lived access token ${token.id} could not be deleted; it ends by itself`;
      await withDiagnostics({ summary, privilege: accessTokenPrivileges.write }, async () =>
        deleteAndVerify(
          async () => accessTokens.delete(token.id),
          async () => (await accessTokens.find(token.id)) !== undefined,
        ),
      );
    },
  };
}

/** What it takes to prolong and to delete a token. */
interface OpenToken {
  readonly id: string;
  readonly lifeMs: number;
}

async function prolong({ client, signal }: EphemeralContext<Connection>, { id, lifeMs: ms }: OpenToken): Promise<void> {
  const { accessTokens } = client.writes.until(signal);
  const expirationTime = endOf({ ms, client });
  await withDiagnostics(
    { summary: `Short-lived access token ${id} could not be extended`, privilege: accessTokenPrivileges.write },
    async () => {
      try {
        await accessTokens.update(id, { expirationTime });
      } catch (error) {
        throw isAnswer(error, 404) ? gone(id, error) : error;
      }
    },
  );
}

function gone(id: string, cause: unknown): DiagnosticError {
  return new DiagnosticError(
    {
      summary: `Short-lived access token ${id} is gone`,
      detail:
        "Somebody deleted it while the engine was running. What used it fails from now on: run the command again.",
    },
    { cause },
  );
}

function endOf({ ms, client }: { readonly ms: number; readonly client: Connection }): string {
  return new Date(client.clock.now().getTime() + ms).toISOString();
}

function remember(privateState: PrivateState, { id, lifeMs: ms }: OpenToken): void {
  privateState.set({ id, life_ms: ms });
}

function recall(privateState: PrivateState): OpenToken | undefined {
  const { id, life_ms: ms } = privateState.get();
  return typeof id === "string" && typeof ms === "number" ? { id, lifeMs: ms } : undefined;
}

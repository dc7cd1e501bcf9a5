import { isAnswer } from "../../client/cluster-error.ts";
import type { DeleteContext } from "../../framework/resource.ts";
import { listed } from "../../vocabulary/listed.ts";
import { accessTokenPrivileges } from "../access-token/needed-privileges.ts";
import type { Connection } from "../connection.ts";
import { deleteAndVerify } from "../operation/deletion.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { idOf } from "./model.ts";
import { localUserPrivileges } from "./needed-privileges.ts";
import type { LocalUserSchema } from "./schema.ts";

type Delete = DeleteContext<LocalUserSchema, Connection>;

/** Deletes a local user, and before it the access tokens that it still has. */
export async function deleteLocalUser(context: Delete): Promise<void> {
  const { state, client, signal } = context;
  const { localUsers } = client.writes.until(signal);
  const id = idOf(state);
  await deleteLeftoverTokens(context);
  await withDiagnostics(
    { summary: `Local user ${state.name} could not be deleted`, privilege: localUserPrivileges.write },
    async () =>
      deleteAndVerify(
        async () => localUsers.delete(id),
        async () => (await localUsers.find(id)) !== undefined,
      ),
  );
  client.memory.localUsers.addDeleted(id);
}

/**
 * Deletes the remaining tokens of the user first. After the user is deleted they no longer work, but the cluster would still
 * list them.
 */
async function deleteLeftoverTokens(context: Delete): Promise<void> {
  const { state, client, signal, diagnostics } = context;
  const { accessTokens } = client.writes.until(signal);
  const summary = `The access tokens of local user ${state.name} could not be deleted`;
  const deleted = await withDiagnostics({ summary, privilege: accessTokenPrivileges.write }, async () => {
    try {
      const left = await accessTokens.listOf(idOf(state));
      for (const { id } of left) {
        await deleteAndVerify(
          async () => accessTokens.delete(id),
          async () => (await accessTokens.listOf(idOf(state))).some((token) => token.id === id),
        );
      }
      return left.map((token) => token.id);
    } catch (error) {
      // A user who is gone already has no tokens to list, and an account without the privilege cannot see any.
      if (isAnswer(error, 400, 403, 404)) return [];
      throw error;
    }
  });
  if (deleted.length === 0) return;
  diagnostics.warning({
    summary: "Access tokens deleted with their user",
    detail: `Local user ${state.name} still had access tokens that this configuration did not delete: ${listed(deleted)}. They have been deleted before the user.`,
  });
}

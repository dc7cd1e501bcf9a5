import type { DataSource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { toUserModel } from "../local-user/data-source.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { whoAmISchema, type WhoAmISchema } from "./schema.ts";

/** Tells who the provider is to the cluster. */
export const whoAmIDataSource: DataSource<WhoAmISchema, Connection> = {
  name: "who_am_i",
  schema: whoAmISchema,

  async read({ client, signal }) {
    const { sessions } = client.reads.until(signal);
    const attempt = { summary: "The provider's own user could not be read", privilege: "a valid login" };
    const user = await withDiagnostics(attempt, async () => sessions.whoAmI());
    return {
      ...toUserModel(user),
      privileges: user.privileges ?? null,
      access_token_id: user.accessTokenId ?? null,
    };
  },
};

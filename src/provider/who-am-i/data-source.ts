import type { DataSource } from "../../framework/resource.ts";
import { explained } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { whoAmISchema, type WhoAmISchema } from "./schema.ts";

/** Tells who the provider is to the cluster. */
export const whoAmIDataSource: DataSource<WhoAmISchema, Connection> = {
  name: "who_am_i",
  schema: whoAmISchema,

  async read({ client, signal }) {
    const { sessions } = client.cluster.until(signal);
    const attempt = { summary: "The provider's own user could not be read", privilege: "a valid login" };
    const user = await explained(attempt, async () => sessions.whoAmI());
    return {
      id: user.id,
      name: user.name,
      primary_group: user.primaryGroup ?? null,
      sid: user.sid ?? null,
      uid: user.uid ?? null,
      home_directory: user.homeDirectory ?? null,
      can_change_password: user.canChangePassword,
      privileges: user.privileges ?? null,
      access_token_id: user.accessTokenId ?? null,
    };
  },
};

import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { DataSource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { getIdentity } from "./find.ts";
import { toIdentityModel } from "./model.ts";
import { identitySchema, type IdentitySchema } from "./schema.ts";

/** Looks up one identity of any domain. */
export const identityDataSource: DataSource<IdentitySchema, Connection> = {
  name: "identity",
  schema: identitySchema,

  async read({ config, client, signal }) {
    const text = knownOrUndefined(config.identity) ?? "";
    const { identity, type, groups } = await getIdentity(client.reads.until(signal), { text, attribute: "identity" });
    return { identity: text, ...toIdentityModel(identity), type, groups: groups.map(toIdentityModel) };
  },
};

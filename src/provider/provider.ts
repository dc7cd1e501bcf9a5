import type { Provider } from "../framework/provider.ts";
import { accessTokenResource } from "./access-token/resource.ts";
import type { Connection } from "./connection.ts";
import { localUserResource } from "./local-user/resource.ts";
import { providerSchema, type ProviderSchema } from "./provider-schema.ts";
import { roleMemberResource } from "./role-member/resource.ts";
import { roleResource } from "./role/resource.ts";
import { whoAmIDataSource } from "./who-am-i/data-source.ts";

/** Everything that Qumulo clusters offer to Terraform and OpenTofu. */
export const qumuloProvider: Provider<ProviderSchema, Connection> = {
  name: "qumulo",
  schema: providerSchema,
  configure() {
    return Promise.reject(new Error("not there yet"));
  },
  resources: [localUserResource, roleResource, roleMemberResource, accessTokenResource],
  dataSources: [whoAmIDataSource],
  ephemeralResources: [],
  functions: [],
};

import type { AnyResource, Provider } from "../framework/provider.ts";
import { systemClock } from "../vocabulary/clock.ts";
import { accessTokenResource } from "./access-token/resource.ts";
import { configure, type Surroundings, validateConfiguration } from "./configuration/configure.ts";
import type { Connection } from "./connection.ts";
import { localGroupMemberResource } from "./local-group-member/resource.ts";
import { localGroupResource } from "./local-group/resource.ts";
import { localUserResource } from "./local-user/resource.ts";
import { providerSchema, type ProviderSchema } from "./provider-schema.ts";
import { roleMemberResource } from "./role-member/resource.ts";
import { roleMembersResource } from "./role-members/resource.ts";
import { roleResource } from "./role/resource.ts";
import { withTimeouts } from "./timeouts.ts";
import { whoAmIDataSource } from "./who-am-i/data-source.ts";

const resources: readonly AnyResource<Connection>[] = [
  localUserResource,
  localGroupResource,
  localGroupMemberResource,
  roleResource,
  roleMemberResource,
  roleMembersResource,
  accessTokenResource,
];

/** Everything that Qumulo clusters offer to Terraform and OpenTofu. */
export function createQumuloProvider(surroundings: Surroundings): Provider<ProviderSchema, Connection> {
  return {
    name: "qumulo",
    schema: providerSchema,
    validate: (context) => {
      validateConfiguration(context, surroundings.environment);
    },
    configure: async (context) => configure(context, surroundings),
    resources: resources.map(withTimeouts),
    dataSources: [whoAmIDataSource],
    ephemeralResources: [],
    functions: [],
  };
}

/** The provider in the surroundings of its process. */
export const qumuloProvider: Provider<ProviderSchema, Connection> = createQumuloProvider({
  environment: process.env,
  clock: systemClock,
});

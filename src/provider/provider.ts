import type { Surroundings } from "../connection/connect.ts";
import type { AnyResource, Provider } from "../framework/provider.ts";
import { systemClock } from "../vocabulary/clock.ts";
import { disableAccessToken } from "./access-token/action/disable.ts";
import { endOverlap } from "./access-token/action/end-overlap.ts";
import { revokeAccessTokens } from "./access-token/action/revoke.ts";
import { accessTokenDataSource, accessTokensDataSource } from "./access-token/data-source.ts";
import { accessTokenResource } from "./access-token/resource.ts";
import { clusterDataSource } from "./cluster-information/data-source.ts";
import { configure, validateConfiguration } from "./configuration/configure.ts";
import type { Connection } from "./connection.ts";
import { credentialsFileFunction } from "./credentials-file/function.ts";
import { ephemeralAccessToken } from "./ephemeral-access-token/ephemeral-resource.ts";
import { identityDataSource } from "./identity/data-source.ts";
import { parseIdentityFunction } from "./identity/parse-function.ts";
import { localGroupMemberResource } from "./local-group-member/resource.ts";
import { localGroupDataSource } from "./local-group/data-source.ts";
import { localGroupResource } from "./local-group/resource.ts";
import { localUserDataSource, localUsersDataSource } from "./local-user/data-source.ts";
import { localUserResource } from "./local-user/resource.ts";
import { withTimeouts } from "./operation/timeouts.ts";
import { withVendorMove } from "./operation/vendor-move.ts";
import { privilegesDataSource } from "./privilege/data-source.ts";
import { providerSchema, type ProviderSchema } from "./provider-schema.ts";
import { roleMemberResource } from "./role-member/resource.ts";
import { roleMembersResource } from "./role-members/resource.ts";
import { roleDataSource, rolesDataSource } from "./role/data-source.ts";
import { roleResource } from "./role/resource.ts";
import { sessionEphemeral } from "./session/ephemeral-resource.ts";
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
    resources: resources.map((resource) => withVendorMove(withTimeouts(resource))),
    dataSources: [
      whoAmIDataSource,
      identityDataSource,
      localUserDataSource,
      localUsersDataSource,
      localGroupDataSource,
      roleDataSource,
      rolesDataSource,
      privilegesDataSource,
      accessTokenDataSource,
      accessTokensDataSource,
      clusterDataSource,
    ],
    ephemeralResources: [ephemeralAccessToken(surroundings.clock), sessionEphemeral],
    actions: [revokeAccessTokens, disableAccessToken, endOverlap],
    functions: [parseIdentityFunction, credentialsFileFunction],
  };
}

/** The provider in the surroundings of its process. */
export const qumuloProvider: Provider<ProviderSchema, Connection> = createQumuloProvider({
  environment: process.env,
  clock: systemClock,
});

import type { Route } from "./api-request.ts";
import { accessTokenRoutes } from "./routes/access-tokens.ts";
import { clusterRoutes } from "./routes/cluster.ts";
import { identityRoutes } from "./routes/identities.ts";
import { localGroupRoutes } from "./routes/local-groups.ts";
import { localUserRoutes } from "./routes/local-users.ts";
import { roleMemberRoutes } from "./routes/role-members.ts";
import { roleRoutes } from "./routes/roles.ts";
import { sessionRoutes } from "./routes/sessions.ts";

/**
 * Every endpoint that the simulator serves.
 *
 * @param coreVersion - such as `7.8.2`
 */
export function allRoutes(coreVersion: string): readonly Route[] {
  return [
    ...sessionRoutes,
    ...accessTokenRoutes,
    ...localUserRoutes,
    ...localGroupRoutes,
    ...roleRoutes,
    ...roleMemberRoutes,
    ...identityRoutes,
    ...clusterRoutes(coreVersion),
  ];
}

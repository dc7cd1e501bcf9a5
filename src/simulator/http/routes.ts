import { hasFeature } from "../rules/core-version.ts";
import type { Route } from "./api-request.ts";
import { accessTokenRoutes } from "./routes/access-tokens.ts";
import { clusterRoutes } from "./routes/cluster.ts";
import { descriptionRoute } from "./routes/description.ts";
import { identityRoutes } from "./routes/identities.ts";
import { localGroupRoutes } from "./routes/local-groups.ts";
import { localUserRoutes } from "./routes/local-users.ts";
import { roleMemberRoutes } from "./routes/role-members.ts";
import { roleRoutes } from "./routes/roles.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import type { CoreVersion } from "../../vocabulary/core-version.ts";

const allRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...accessTokenRoutes,
  ...localUserRoutes,
  ...localGroupRoutes,
  ...roleRoutes,
  ...roleMemberRoutes,
  ...identityRoutes,
  ...clusterRoutes,
];

/** Every endpoint that a cluster of this version serves. */
export function routesOf(coreVersion: CoreVersion): readonly Route[] {
  const serves = ({ since }: Route): boolean => since === undefined || hasFeature(coreVersion, since);
  const served = allRoutes.filter(serves);
  return [...served, ...[descriptionRoute(served, coreVersion)].filter(serves)];
}

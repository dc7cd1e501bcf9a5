import type { Probe } from "./probe.ts";
import { accessTokenProbes } from "./probes/access-tokens.ts";
import { authorizationProbes } from "./probes/authorization.ts";
import { clusterProbes } from "./probes/cluster.ts";
import { identityProbes } from "./probes/identities.ts";
import { localGroupProbes } from "./probes/local-groups.ts";
import { localUserProbes } from "./probes/local-users.ts";
import { passwordProbes } from "./probes/passwords.ts";
import { roleMemberProbes } from "./probes/role-members.ts";
import { roleProbes } from "./probes/roles.ts";
import { tokenLifeProbes } from "./probes/token-lives.ts";
import { transportProbes } from "./probes/transport.ts";

/** Every probe, in the order in which they are asked: reads come first. */
export const probes: readonly Probe[] = [
  ...clusterProbes,
  ...transportProbes,
  ...localUserProbes,
  ...passwordProbes,
  ...localGroupProbes,
  ...roleProbes,
  ...roleMemberProbes,
  ...accessTokenProbes,
  ...tokenLifeProbes,
  ...identityProbes,
  ...authorizationProbes,
].toSorted((left, right) => Number(left.changes) - Number(right.changes));

import type { Context } from "../rules/context.ts";
import { plantGroupMembers, plantGroups, plantUsers, reserveAccountIds } from "./plant-accounts.ts";
import { plantCluster } from "./plant-cluster.ts";
import { plantAttributes, plantDirectories } from "./plant-directories.ts";
import { plantRoles } from "./plant-roles.ts";
import { plantAccessTokens } from "./plant-tokens.ts";
import { type Seed, SeedError } from "./seed.ts";
import { Soil } from "./soil.ts";

/**
 * Fills a new cluster with what a seed describes, as one change.
 *
 * The password of `admin` is left to the caller: see {@link Seed}.
 *
 * @throws {SeedError} with all that the cluster's rules refuse; the cluster is then as it was
 */
export function plantSeed(context: Context, seed: Seed): void {
  context.store.transaction(() => {
    const soil = new Soil(context);
    plantCluster(soil, seed.cluster ?? {});
    plantDirectories(soil, seed);
    reserveAccountIds(soil, seed);
    plantGroups(soil, seed.groups ?? []);
    plantUsers(soil, seed.users ?? []);
    plantGroupMembers(soil, seed.groups ?? []);
    plantRoles(soil, seed.roles ?? []);
    plantAccessTokens(soil, seed.access_tokens ?? []);
    plantAttributes(soil, seed.identity_attributes ?? []);
    if (soil.faults.length > 0) throw new SeedError(soil.faults);
  });
}

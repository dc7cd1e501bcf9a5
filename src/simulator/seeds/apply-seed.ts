import type { Context } from "../rules/context.ts";
import { applyGroupMembers, applyGroups, applyUsers, reserveAccountIds } from "./apply-accounts.ts";
import { applyCluster } from "./apply-cluster.ts";
import { applyAttributes, applyDirectories } from "./apply-directories.ts";
import { applyRoles } from "./apply-roles.ts";
import { applyAccessTokens } from "./apply-tokens.ts";
import { type Seed, SeedError } from "./seed.ts";
import { SeedBuilder } from "./seed-builder.ts";

/**
 * Fills a new cluster with what a seed describes, as one change.
 *
 * The password of `admin` is left to the caller: see {@link Seed}.
 *
 * @throws {SeedError} with everything that the cluster's rules refuse; the cluster is then unchanged
 */
export function applySeed(context: Context, seed: Seed): void {
  context.store.transaction(() => {
    const builder = new SeedBuilder(context);
    applyCluster(builder, seed.cluster ?? {});
    applyDirectories(builder, seed);
    reserveAccountIds(builder, seed);
    applyGroups(builder, seed.groups ?? []);
    applyUsers(builder, seed.users ?? []);
    applyGroupMembers(builder, seed.groups ?? []);
    applyRoles(builder, seed.roles ?? []);
    applyAccessTokens(builder, seed.access_tokens ?? []);
    applyAttributes(builder, seed.identity_attributes ?? []);
    if (builder.faults.length > 0) throw new SeedError(builder.faults);
  });
}

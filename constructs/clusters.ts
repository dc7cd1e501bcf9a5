import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { QumuloProvider, type QumuloProviderProps } from "./qumulo-provider.ts";

/** One cluster of several, as its stack gets it. */
export interface Cluster<Name extends string = string> {
  /** The name under which the cluster was given; it is also the id of the stack. */
  readonly name: Name;
  /** How the stack reaches the cluster. */
  readonly provider: QumuloProvider;
}

/**
 * Defines the same for each of several clusters: one stack with a provider of its own for each, so that engines can
 * deploy them side by side and one cluster that is down does not hold up the others.
 *
 * @param clusters - how to reach each cluster, by the name that becomes the id of its stack: keep it
 * @param define - called once for each stack, in the order of `clusters`
 * @returns the stacks by name
 * @example
 * const clusters = { east: { host: "east.example.com" }, west: { host: "west.example.com" } };
 * forEachCluster(app, clusters, (stack, { name }) => {
 *   new ServiceIdentity(stack, "backup", { name: `svc-backup-${name}`, privileges: Privileges.snapshots() });
 * });
 */
export function forEachCluster<Name extends string>(
  scope: Construct,
  clusters: Readonly<Record<Name, QumuloProviderProps>>,
  define: (stack: TerraformStack, cluster: Cluster<Name>) => void,
): ReadonlyMap<Name, TerraformStack> {
  const stacks = new Map<Name, TerraformStack>();
  for (const name in clusters) {
    const stack = new TerraformStack(scope, name);
    define(stack, { name, provider: new QumuloProvider(stack, "qumulo", clusters[name]) });
    stacks.set(name, stack);
  }
  return stacks;
}

import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error.ts";
import { known } from "./known.ts";

/** A name that may exist once on a cluster. */
export interface UniqueName {
  readonly kind: "local user" | "role";
  readonly name: string;
  /** The provider that was asked for; without one the stack's own. */
  readonly provider: TerraformProvider | undefined;
}

const claimedBy = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Takes a name for one construct. Names compare without regard to case; another provider may be another cluster.
 *
 * @throws {ConstructError} when another construct of the stack has it already
 */
export function claimName(construct: IConstruct, { kind, name, provider }: UniqueName): void {
  if (known(name) === undefined) return;
  const cluster = provider ?? TerraformStack.of(construct);
  const claims = claimedBy.get(cluster) ?? new Map<string, string>();
  const key = `${kind} ${name.toLowerCase()}`;
  const other = claims.get(key);
  if (other !== undefined) {
    throw new ConstructError(construct, {
      prop: "name",
      problem: `The ${kind} "${name}" is made by ${other} already; a cluster has each name once, without regard to case.`,
      advice: `Use that construct, or choose another name.`,
    });
  }
  claimedBy.set(cluster, claims.set(key, construct.node.path));
}

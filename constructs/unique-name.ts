import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error.ts";
import { known } from "./known.ts";

/** A name that may exist once on a cluster. */
export interface UniqueName {
  readonly kind: "local user" | "local group" | "role";
  readonly name: string;
  /** The provider that was asked for; without one the stack's own. */
  readonly provider: TerraformProvider | undefined;
}

interface Claim {
  readonly kind: UniqueName["kind"];
  readonly path: string;
}

const claimedBy = new WeakMap<IConstruct, Map<string, Claim>>();

/**
 * Takes a name for one construct. Names compare without regard to case, users and groups share one set of them, and
 * another provider may be another cluster.
 *
 * @throws {ConstructError} when another construct of the stack has it already
 */
export function claimName(construct: IConstruct, { kind, name, provider }: UniqueName): void {
  if (known(name) === undefined) return;
  const cluster = provider ?? TerraformStack.of(construct);
  const claims = claimedBy.get(cluster) ?? new Map<string, Claim>();
  const key = `${kind === "role" ? "role" : "account"} ${name.toLowerCase()}`;
  const other = claims.get(key);
  if (other !== undefined) {
    const sharing = kind === "role" ? "a cluster has each name once" : "users and groups share one set of names";
    throw new ConstructError(construct, {
      prop: "name",
      problem: `The ${other.kind} "${name}" is already made by ${other.path}; ${sharing}, without regard to case.`,
      advice: `Use that construct, or choose another name.`,
    });
  }
  claimedBy.set(cluster, claims.set(key, { kind, path: construct.node.path }));
}

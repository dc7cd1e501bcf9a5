import type { IConstruct } from "constructs";

/** The warnings on a construct and all below it. */
export function warningsOf(construct: IConstruct): readonly string[] {
  return construct.node
    .findAll()
    .flatMap((child) => child.node.metadata)
    .filter((entry) => entry.type === "@cdktf/warn")
    .map((entry) => String(entry.data));
}

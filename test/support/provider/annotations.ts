import { type TerraformStack, Testing } from "cdktf";
import type { IConstruct } from "constructs";

/** The warnings on a construct and all below it. */
export function warningsOf(construct: IConstruct): readonly string[] {
  return construct.node
    .findAll()
    .flatMap((child) => child.node.metadata)
    .filter((entry) => entry.type === "@cdktf/warn")
    .map((entry) => String(entry.data));
}

/** The errors on each construct of a stack that is synthesized, by its path. */
export function errorsOf(stack: TerraformStack): readonly string[] {
  Testing.synth(stack, true);
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === "@cdktf/error").map(({ data }) => `${node.path}: ${String(data)}`),
    );
}

import { Aspects, type IAspect, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const aspectsOf = new WeakMap<IConstruct, IAspect[]>();

/** Looks at a stack that no aspect has reached; what it returns stops the synthesis. */
type VisitLast = (stack: TerraformStack) => string[];

/**
 * Applies an aspect to all that is below a scope, also to stacks that are made later.
 *
 * CDKTF itself visits from each stack downwards: an aspect that is added to an app is never called. A later stack gets
 * the aspect when a provider is made in it, and what was not reached by then is visited at the end of the synthesis.
 */
export function applyBelow(scope: IConstruct, aspect: IAspect, visitLast: VisitLast): void {
  if (scope.node.scopes.some((above) => TerraformStack.isStack(above))) {
    Aspects.of(scope).add(aspect);
    return;
  }
  aspectsOf.set(scope, [...(aspectsOf.get(scope) ?? []), aspect]);
  for (const stack of stacksIn(scope)) addOnce(stack, aspect);
  scope.node.addValidation({
    validate: () =>
      stacksIn(scope)
        .filter((stack) => !Aspects.of(stack).all.includes(aspect))
        .flatMap(visitLast),
  });
}

/** Applies to a construct's stack what was applied to the scopes above it. */
export function inheritAspects(construct: IConstruct): void {
  const stack = TerraformStack.of(construct);
  for (const scope of stack.node.scopes) {
    for (const aspect of aspectsOf.get(scope) ?? []) addOnce(stack, aspect);
  }
}

function stacksIn(scope: IConstruct): readonly TerraformStack[] {
  return scope.node.findAll().filter((node) => TerraformStack.isStack(node));
}

function addOnce(stack: TerraformStack, aspect: IAspect): void {
  const aspects = Aspects.of(stack);
  if (!aspects.all.includes(aspect)) aspects.add(aspect);
}

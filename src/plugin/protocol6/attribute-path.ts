import type { AttributePath, AttributePathStep } from "../../framework/attribute-path.ts";
import type { AttributePath_StepInit, AttributePathInit } from "./generated/tfplugin6.ts";

/** The message for a path, or `undefined` for one that does not begin with an attribute: the engine takes none such. */
export function encodeAttributePath(path: AttributePath): AttributePathInit | undefined {
  return typeof path[0] === "string" ? { steps: path.map(encodeStep) } : undefined;
}

function encodeStep(step: AttributePathStep): AttributePath_StepInit {
  if (typeof step === "string") return { selector: { case: "attributeName", value: step } };
  if (typeof step === "number") return { selector: { case: "elementKeyInt", value: BigInt(step) } };
  return { selector: { case: "elementKeyString", value: step.key } };
}

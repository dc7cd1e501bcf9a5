import type { ProviderFunction } from "../../src/framework/resource.ts";
import type { TerraformType } from "../../src/framework/terraform-type.ts";
import { renderCode } from "./code.ts";
import { typeLabel } from "./schema-section.ts";

/** Signature, arguments and result of a function. */
export function renderFunctionBody({ name, parameters, variadicParameter, returns }: ProviderFunction): string {
  const all = [...parameters, ...(variadicParameter === undefined ? [] : [variadicParameter])];
  const typed = parameters.map((parameter) => `${parameter.name} ${typeText(parameter.type)}`);
  const variadic =
    variadicParameter === undefined ? [] : [`${variadicParameter.name} ${typeText(variadicParameter.type)}...`];
  const signature = `${name}(${[...typed, ...variadic].join(", ")}) ${typeText(returns.type)}`;
  const args = all.map(
    (parameter, index) => `${index + 1}. \`${parameter.name}\` (${typeLabel(parameter.type)}) ${parameter.description}`,
  );
  return `## Signature\n\n${renderCode("text", signature)}\n\n## Arguments\n\n${args.join("\n")}`;
}

/** A type as configurations write it: `list of string`. */
function typeText(type: TerraformType): string {
  return "element" in type ? `${type.kind} of ${typeText(type.element)}` : type.kind;
}

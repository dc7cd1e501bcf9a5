import type { FunctionParameter, ProviderFunction } from "../../framework/resource.ts";
import { type Function_ParameterInit, type FunctionInit, StringKind } from "./generated/tfplugin6.ts";
import { encodeType } from "./terraform-type-json.ts";

/** The message for what a function takes and gives. */
export function encodeFunction(definition: ProviderFunction): FunctionInit {
  const { summary, description, parameters, variadicParameter, returns } = definition;
  return {
    summary,
    description,
    descriptionKind: StringKind.MARKDOWN,
    parameters: parameters.map(encodeParameter),
    ...(variadicParameter === undefined ? {} : { variadicParameter: encodeParameter(variadicParameter) }),
    return: { type: encodeType(returns.type) },
  };
}

function encodeParameter(parameter: FunctionParameter): Function_ParameterInit {
  return {
    name: parameter.name,
    type: encodeType(parameter.type),
    allowNullValue: parameter.allowNull ?? false,
    allowUnknownValues: parameter.allowUnknown ?? false,
    description: parameter.description,
    descriptionKind: StringKind.MARKDOWN,
  };
}

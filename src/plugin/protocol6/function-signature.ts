import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FunctionParameter, ProviderFunction } from "../../framework/resource.ts";
import { type Function_ParameterSchema, type FunctionSchema, StringKind } from "./generated/tfplugin6_pb.ts";
import { encodeType } from "./terraform-type-json.ts";

/** The message for what a function takes and gives. */
export function encodeFunction(definition: ProviderFunction): MessageInitShape<typeof FunctionSchema> {
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

function encodeParameter(parameter: FunctionParameter): MessageInitShape<typeof Function_ParameterSchema> {
  return {
    name: parameter.name,
    type: encodeType(parameter.type),
    allowNullValue: parameter.allowNull ?? false,
    allowUnknownValues: parameter.allowUnknown ?? false,
    description: parameter.description,
    descriptionKind: StringKind.MARKDOWN,
  };
}

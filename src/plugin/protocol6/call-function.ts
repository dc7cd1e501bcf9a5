import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { FunctionAnswer } from "../../framework/provider-server.ts";
import type { ProviderFunction } from "../../framework/resource.ts";
import type { TerraformType } from "../../framework/terraform-type.ts";
import type { Value } from "../../framework/value.ts";
import type { Call } from "./call.ts";
import { visible } from "./diagnostics.ts";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import type { CallFunction_Request, CallFunction_ResponseInit, DynamicValue } from "./generated/tfplugin6.ts";
import { functionByName } from "./types-by-name.ts";
import { within } from "./wire-format-error.ts";

type Response = CallFunction_ResponseInit;

/** Calls a function, perhaps before the provider is configured. */
export const callFunction: Call<CallFunction_Request, Response> = {
  async answer(server, request) {
    const definition = functionByName(server.schemas, request.name);
    const answer = await server.callFunction(request.name, decodeArguments(request.arguments, definition));
    return encodeAnswer(answer, definition);
  },
  failure: (diagnostics) => ({
    error: { text: diagnostics.map(({ summary, detail }) => visible(`${summary}. ${detail}`)).join("\n") },
  }),
};

function decodeArguments(messages: readonly DynamicValue[], definition: ProviderFunction): readonly Value[] {
  return messages.map((message, index) => within(index, () => decodeValue(message, argumentType(definition, index))));
}

function argumentType({ name, parameters, variadicParameter }: ProviderFunction, index: number): TerraformType {
  const parameter = parameters[index] ?? variadicParameter;
  if (parameter === undefined) {
    throw new DiagnosticError({
      summary: `Too many arguments for ${name}`,
      detail: `The function takes ${parameters.length}; remove the rest.`,
    });
  }
  return parameter.type;
}

function encodeAnswer(answer: FunctionAnswer, { returns }: ProviderFunction): Response {
  if (answer.kind === "result") return { result: encodeValue(answer.value, returns.type) };
  const argument = answer.argument === undefined ? {} : { functionArgument: BigInt(answer.argument) };
  return { error: { text: visible(answer.text), ...argument } };
}

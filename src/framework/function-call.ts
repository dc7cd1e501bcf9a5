import type { FunctionAnswer } from "./provider-server.ts";
import { FunctionError, type ProviderFunction } from "./resource.ts";
import { describeUnexpected } from "./unexpected-error.ts";
import type { Value } from "./value.ts";

/** Runs one function; a refusal is an answer as well. */
export async function callFunction(
  functions: ReadonlyMap<string, ProviderFunction>,
  name: string,
  args: readonly Value[],
): Promise<FunctionAnswer> {
  const entry = functions.get(name);
  if (entry === undefined) {
    const known = [...functions.keys()].join(", ") || "none";
    return { kind: "error", text: `This provider has no function ${name}; it has ${known}`, argument: undefined };
  }
  try {
    return { kind: "result", value: await entry.call(args) };
  } catch (error) {
    if (error instanceof FunctionError) {
      return { kind: "error", text: withoutFullStop(error.message), argument: error.argument };
    }
    const text = `${name} met an unexpected error: ${describeUnexpected(error)}`;
    return { kind: "error", text, argument: undefined };
  }
}

/** Engines put the text into a sentence of theirs, and its full stop behind. */
function withoutFullStop(text: string): string {
  return text.replace(/\.$/, "");
}

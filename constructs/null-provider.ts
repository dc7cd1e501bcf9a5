import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type * as NullBindings from "@cdktf/provider-null";
import type { IConstruct } from "constructs";
import { errorCode } from "../src/vocabulary/error-code.ts";
import { ConstructError } from "./construct-error.ts";

/**
 * The bindings of the provider `null`, loaded only here: programs need not install them.
 *
 * @returns `undefined` where they are not there, or were made for another library than this: `cdktf` instead of `cdktn`
 * @throws {ConstructError} when they are there and cannot be loaded
 */
export function findNullBindings(construct: IConstruct): typeof NullBindings | undefined {
  try {
    // What a package exports is what its types say. An import could only be waited for, which no constructor can.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const bindings = require("@cdktf/provider-null") as typeof NullBindings;
    return bindings.resource.Resource.prototype instanceof TerraformResource ? bindings : undefined;
  } catch (cause) {
    // Without the library that they were made for, they are of no use either.
    if (errorCode(cause) === "MODULE_NOT_FOUND") return undefined;
    throw new ConstructError(construct, {
      prop: "token",
      problem: `The package @cdktf/provider-null cannot be loaded: ${reasonOf(cause)}.`,
      advice: "Run npm install @cdktf/provider-null@11 in the folder of this program, or remove the package.",
    });
  }
}

/** Gives the stack of a construct a provider `null`, unless it has one. */
export function needNullProvider(construct: IConstruct, { provider }: typeof NullBindings): void {
  const stack = TerraformStack.of(construct);
  if (served.has(stack)) return;
  served.add(stack);
  const has = stack.node.findAll().some((node) => TerraformProvider.isTerraformProvider(node) && isPlainNull(node));
  if (!has) new provider.NullProvider(stack, "null");
}

const served = new WeakSet<TerraformStack>();

function isPlainNull({ terraformResourceType, alias }: TerraformProvider): boolean {
  return terraformResourceType === "null" && alias === undefined;
}

/** Not by class: an error of Node.js is of no class of this realm where a test runner has realms of its own. */
function reasonOf(error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
  return message.split("\n")[0] ?? "";
}

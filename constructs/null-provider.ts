import { TerraformProvider, TerraformStack } from "cdktf";
import type * as NullBindings from "@cdktf/provider-null";
import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error.ts";

/**
 * The bindings of the provider `null`. Loaded only here: programs that deliver no token need not install them.
 *
 * @throws {ConstructError} when they are not installed
 */
export function loadNullBindings(construct: IConstruct): typeof NullBindings {
  try {
    // What a package exports is what its types say. An import could only be waited for, which no constructor can.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require("@cdktf/provider-null") as typeof NullBindings;
  } catch (cause) {
    throw new ConstructError(construct, {
      prop: "token",
      problem: `A delivery needs the package @cdktf/provider-null, which cannot be loaded: ${reasonOf(cause)}.`,
      advice: "Run npm install @cdktf/provider-null@11 in the folder of this program.",
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

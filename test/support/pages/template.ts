import { App, TerraformStack, Testing } from "cdktf";
import { QumuloProvider } from "../../../constructs/index.ts";

/** One block of a synthesized configuration. */
export type TemplateBlock = Readonly<Record<string, unknown>>;

/** What a stack asks an engine for, ready for questions about single facts. */
export interface Template {
  /** The whole configuration, as the engine gets it. */
  readonly text: string;
  /** The resources of one type by their logical id. */
  resources(type: string): Readonly<Record<string, TemplateBlock>>;
  /** The only resource of a type. @throws {Error} when there are none or several */
  onlyResource(type: string): TemplateBlock;
  /** The outputs by name. */
  readonly outputs: Readonly<Record<string, TemplateBlock>>;
  /** The `provider` blocks by provider name. */
  readonly providers: Readonly<Record<string, readonly TemplateBlock[]>>;
  /** The `required_providers` by provider name. */
  readonly requiredProviders: Readonly<Record<string, TemplateBlock>>;
}

/** Synthesizes a stack. Other stacks of its app are not looked at. */
export function templateOf(stack: TerraformStack): Template {
  const text = Testing.synth(stack, true);
  const root = readBlock(JSON.parse(text));
  const resources = (type: string): Readonly<Record<string, TemplateBlock>> =>
    readBlocks(readBlock(root["resource"])[type]);
  return {
    text,
    resources,
    onlyResource(type) {
      const [only, ...others] = Object.values(resources(type));
      if (only === undefined || others.length > 0) throw new Error(`not one ${type}, but ${others.length + 1}`);
      return only;
    },
    outputs: readBlocks(root["output"]),
    providers: Object.fromEntries(
      Object.entries(readBlock(root["provider"])).map(([name, blocks]) => [name, readArray(blocks).map(readBlock)]),
    ),
    requiredProviders: readBlocks(readBlock(root["terraform"])["required_providers"]),
  };
}

/** An empty stack of a new app. */
export function givenStack(name = "stack"): TerraformStack {
  return new TerraformStack(new App(), name);
}

/** A stack that reaches its cluster as the environment says. */
export function givenQumuloStack(name = "stack"): TerraformStack {
  const stack = givenStack(name);
  new QumuloProvider(stack, "qumulo");
  return stack;
}

function readBlock(value: unknown): TemplateBlock {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function readBlocks(value: unknown): Readonly<Record<string, TemplateBlock>> {
  return Object.fromEntries(Object.entries(readBlock(value)).map(([name, block]) => [name, readBlock(block)]));
}

function readArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

const resolver = new DefaultTokenResolver(new StringConcat());

/** What a value becomes in the synthesized configuration: lazy values are there, references are texts with `${`. */
export function resolved(scope: IConstruct, value: unknown): unknown {
  const resolvedValue: unknown = Tokenization.resolve(value, { scope, resolver, preparing: false });
  return resolvedValue;
}

/** All texts in a value, those in lists and maps included. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether a synthesized text is an expression that the engine evaluates, or holds one. */
export function isExpression(text: string): boolean {
  return /(?<!\$)\$\{/.test(text);
}

import { TerraformLocal, TerraformOutput, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isExpression, resolved, textsIn } from "./resolved.ts";

/** `qumulo_access_token.x.bearer_token` in any spelling, and the whole object, of which the bearer token is a part. */
const tokenReference = /(?<![\w.-])(?:ephemeral\.)?qumulo_access_token\.[\w-]+(?:\[[^\]]*\]|\.\*|\.\d+)*(?:\.(\w+))?/g;
/** Any ephemeral value, such as `ephemeral.qumulo_session.x.bearer_token`. */
const ephemeralReference = /(?<![\w.-])ephemeral\.[a-z]/;
/** How CDKTF names what one stack takes from another. */
const otherStacksToken = /cross-stack-output-(?:ephemeral)?qumulo_access_token[\w-]*(?<!encrypted_)bearer_token/;
const localReference = /(?<![\w.-])local\.([\w-]+)/g;

const guarded = new WeakSet<IConstruct>();

/**
 * From now on the program cannot be synthesized while an output of it refers to a bearer token and is not sensitive:
 * neither one of this construct's stack, nor one of another stack of the same app.
 */
export function guardOutputs(construct: IConstruct): void {
  const stack = TerraformStack.of(construct);
  if (guarded.has(stack)) return;
  guarded.add(stack);
  stack.node.addValidation({ validate: () => findLeaks(stack) });
  guardOtherStacks(stack.node.root);
}

/** Stacks in which nothing of ours stands are looked at last. */
function guardOtherStacks(root: IConstruct): void {
  if (guarded.has(root)) return;
  guarded.add(root);
  const stacks = (): readonly TerraformStack[] => root.node.findAll().filter((node) => TerraformStack.isStack(node));
  root.node.addValidation({
    validate: () =>
      stacks()
        .filter((stack) => !guarded.has(stack))
        .flatMap(findLeaks),
  });
}

function findLeaks(stack: TerraformStack): string[] {
  const elements = stack.node.findAll();
  const outputs = elements.filter((element) => TerraformOutput.isTerraformOutput(element));
  const ephemeral = outputs.filter(isEphemeral);
  return [...ephemeral.map(renderEphemeral), ...findOpenSecrets(elements, outputs)];
}

function isEphemeral(output: TerraformOutput): boolean {
  const texts = textsIn(resolved(output, output.toTerraform()));
  return texts.some((text) => isExpression(text) && ephemeralReference.test(text));
}

function renderEphemeral({ node }: TerraformOutput): string {
  return `${node.path}: value: The output refers to an ephemeral value, which engines keep nowhere, so that no output of a stack can hold it. Hand it to a provider, to the environment of a provisioner, or to a write-only attribute.`;
}

function findOpenSecrets(elements: readonly IConstruct[], outputs: readonly TerraformOutput[]): string[] {
  const open = outputs.filter((output) => isOpen(output) && !isEphemeral(output));
  if (open.length === 0) return [];
  const locals = secretLocals(elements.filter((element) => element instanceof TerraformLocal));
  return open
    .filter((output) => textsIn(resolved(output, output.toTerraform())).some((text) => isSecret(text, locals)))
    .map(
      ({ node }) =>
        `${node.path}: sensitive: The output refers to a bearer token and is not sensitive, so whoever sees a plan or a log sees the secret. Set sensitive: true, or use token.output(name).`,
    );
}

function isOpen(output: TerraformOutput): boolean {
  return output.sensitive !== true;
}

/** Names of the locals that refer to a bearer token, also by way of other locals. */
function secretLocals(locals: readonly TerraformLocal[]): ReadonlySet<string> {
  const texts = locals.map((local) => ({
    name: local.friendlyUniqueId,
    texts: textsIn(resolved(local, local.toTerraform())),
  }));
  const secret = new Set<string>();
  for (let size = -1; size < secret.size;) {
    size = secret.size;
    for (const local of texts) {
      if (local.texts.some((text) => isSecret(text, secret))) secret.add(local.name);
    }
  }
  return secret;
}

function isSecret(text: string, secretNames: ReadonlySet<string>): boolean {
  if (!isExpression(text)) return false;
  const ofTokens = [...text.matchAll(tokenReference)].some(
    ([, attribute = "bearer_token"]) => attribute === "bearer_token",
  );
  if (ofTokens || otherStacksToken.test(text)) return true;
  return [...text.matchAll(localReference)].some(([, name = ""]) => secretNames.has(name));
}

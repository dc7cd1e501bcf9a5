import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { QumuloProvider as ProviderBlock } from "./generated/provider.ts";

/**
 * How a provider reaches its cluster, as environment variables for a program that is to reach the same one. What the
 * provider leaves to the environment is left to it here too. No credentials, but for
 * those of a proxy.
 *
 * @param provider - `undefined` for the stack's own
 */
export function connectionEnvironment(
  construct: IConstruct,
  provider: TerraformProvider | undefined,
): Readonly<Record<string, unknown>> {
  const block = provider ?? findOwnProvider(TerraformStack.of(construct));
  if (!(block instanceof ProviderBlock)) return {};
  const trust = {
    QUMULO_CA_FILE: block.caFile,
    QUMULO_CA_PEM: block.caPem,
    QUMULO_CERTIFICATE_SHA256: block.certificateSha256,
    QUMULO_INSECURE: block.insecure,
  };
  const isTrustGiven = Object.values(trust).some((value) => value !== undefined);
  return {
    ...given({
      QUMULO_HOST: block.host,
      QUMULO_PORT: block.port,
      QUMULO_PROXY: block.proxy,
      QUMULO_REQUEST_TIMEOUT: block.requestTimeout,
      QUMULO_MAX_RETRIES: block.maxRetries,
    }),
    // One way to trust takes the place of another: an empty variable is none.
    ...(isTrustGiven ? { ...emptied(trust), ...given(trust) } : {}),
  };
}

function findOwnProvider(stack: TerraformStack): ProviderBlock | undefined {
  return stack.node
    .findAll()
    .find((node): node is ProviderBlock => node instanceof ProviderBlock && node.alias === undefined);
}

function given(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

function emptied(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, ""]));
}

import { Annotations, type TerraformVariable } from "cdktf";
import type { IConstruct } from "constructs";
import { known } from "./known.ts";

/** A secret: a sensitive `TerraformVariable`, or a reference to one. Plain text is warned about: synthesized files hold it. */
export type SecretProp = TerraformVariable | string;

/** The text or reference that a binding takes for a secret. */
export function secretText(secret: SecretProp | undefined): string | undefined {
  if (secret === undefined || typeof secret === "string") return secret;
  const text: unknown = secret.stringValue;
  return typeof text === "string" ? text : undefined;
}

/** A secret as a program gave it. */
export interface GivenSecret {
  readonly prop: string;
  readonly secret: SecretProp | undefined;
  /** What else the program can do than pass a variable, to end the sentence; empty for nothing. */
  readonly otherwise: string;
}

/** Warns of a secret that plans or synthesized files would show. */
export function warnOfPlainText(construct: IConstruct, { prop, secret, otherwise }: GivenSecret): void {
  if (typeof secret === "object" && secret.sensitive !== true) {
    Annotations.of(construct).addWarning(
      `${prop}: the variable "${secret.node.id}" is not sensitive, so plans show it. Set sensitive: true on it.`,
    );
  }
  if (typeof secret === "string" && known(secret) !== undefined) {
    Annotations.of(construct).addWarning(
      `${prop} is plain text, so cdk.tf.json holds it. Pass a sensitive TerraformVariable${otherwise}.`,
    );
  }
}

import { Annotations, DataResource, Lazy, type LocalExecProvisioner, Token } from "cdktf";
import { Construct } from "constructs";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { connectionEnvironment } from "./connection-environment.ts";
import { ConstructError, type PropFault } from "./construct-error.ts";
import type { IAccessToken } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { known } from "./known.ts";
import { findNullBindings, needNullProvider } from "./null-provider.ts";
import { resolved } from "./resolved.ts";

/** For {@link TokenDelivery}. Either `command` or `credentialsFile` says how the bearer token is delivered. */
export interface TokenDeliveryProps {
  /** The access token whose bearer token is delivered, now and after each rotation. */
  readonly token: IAccessToken;
  /**
   * What `sh` runs to deliver the bearer token, which it finds in the environment variable `QUMULO_BEARER_TOKEN`: never
   * in its arguments. It succeeds when it ends with 0; it may run again for the same token. Another command runs at the
   * next apply. What it prints is shown only when it fails, with `[redacted]` in place of the bearer token and of
   * what is in `environment`. The login of the provider is not in its environment.
   *
   * It runs where the engine runs, in the folder of the synthesized stack.
   *
   * @default - `credentialsFile` is written instead
   */
  readonly command?: string | undefined;
  /**
   * An absolute path, or one that begins with `~/`, of a credentials file as Qumulo's `qq` reads it. It is written for
   * its owner only (mode 0600); who reads it sees the old file or the new one, whole. A file of another path is written
   * at the next apply; the old one stays.
   *
   * @default - `command` runs instead
   */
  readonly credentialsFile?: string | undefined;
  /**
   * Further environment variables, in addition to those of the engine. What is secret belongs here and not in `command`.
   *
   * @default - none but how the cluster is reached, as the token's provider says it
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Values of which any change delivers the same bearer token again, such as the version of the program that uses it.
   * They stand in state and plans: nothing secret.
   *
   * @default - only another token, command or path is delivered
   */
  readonly deliverWhenChanged?: Readonly<Record<string, string>> | undefined;
  /**
   * How the machine that applies runs this package's command line.
   *
   * @default ["npx", "--no", "--", "cdktf-qumulo"] - the package as the program has installed it, or a global one
   */
  readonly program?: readonly string[] | undefined;
}

const tokenDeliveryProps: KeysOf<TokenDeliveryProps> = {
  token: true,
  command: true,
  credentialsFile: true,
  environment: true,
  deliverWhenChanged: true,
  program: true,
};

/**
 * Hands the bearer token of an access token on to the program that uses it, after a check that the cluster accepts it: when
 * the token is created, and again after each rotation.
 *
 * A delivery that fails, fails the run; what was delivered before stays when the cluster does not accept the token. The token before the rotation works until its overlap is over, and the next run
 * delivers again. A token has as many deliveries as there are places that need it.
 *
 * A `null_resource` runs it where the program has `@cdktf/provider-null`; otherwise the engine's own `terraform_data` does, which
 * takes nothing to install and Terraform 1.4 or later, or OpenTofu.
 *
 * @example
 * new TokenDelivery(this, "delivery", { token, credentialsFile: "/etc/backup/qumulo.json" });
 * @example
 * new TokenDelivery(this, "delivery", {
 *   token,
 *   command: "printenv QUMULO_BEARER_TOKEN | tr -d '\\n' | vault kv put secret/backup token=-",
 * });
 */
export class TokenDelivery extends Construct {
  /** The access token that is delivered. */
  readonly token: IAccessToken;

  /** @throws {ConstructError} when a prop is not acceptable */
  constructor(scope: Construct, id: string, props: TokenDeliveryProps) {
    super(scope, id);
    refuseUnknownProps(this, props, tokenDeliveryProps);
    this.token = props.token;
    const fault = findFault(this, props);
    if (fault !== undefined) throw new ConstructError(this, fault);
    warnOfNoOverlap(this);
    const bindings = findNullBindings(this);
    const provisioners = [provisionerOf(this, props)];
    if (bindings === undefined) {
      new DataResource(this, "Resource", { triggersReplace: triggersOf(props), provisioners });
    } else {
      needNullProvider(this, bindings);
      new bindings.resource.Resource(this, "Resource", { triggers: triggersOf(props), provisioners });
    }
  }
}

const ownProgram = ["npx", "--no", "--", "cdktf-qumulo"];

function provisionerOf(delivery: TokenDelivery, props: TokenDeliveryProps): LocalExecProvisioner {
  const { program = ownProgram, command, credentialsFile } = props;
  const flag = command === undefined ? "--credentials-file" : "--command";
  return {
    type: "local-exec",
    // The engine adds the command as the last argument, as it is: no shell takes it apart on the way.
    interpreter: [...program, "deliver", flag],
    command: command ?? credentialsFile ?? "",
    environment: Token.asStringMap(Lazy.anyValue({ produce: () => environmentOf(delivery, props) })),
  };
}

function triggersOf(props: TokenDeliveryProps): Record<string, string> {
  const { token, command, credentialsFile, deliverWhenChanged } = props;
  return {
    ...deliverWhenChanged,
    // The secret itself would stand in state and plans.
    token_id: token.tokenId,
    ...(command !== undefined && { command }),
    ...(credentialsFile !== undefined && { credentials_file: credentialsFile }),
  };
}

function environmentOf(delivery: TokenDelivery, { environment }: TokenDeliveryProps): Record<string, unknown> {
  const { token } = delivery;
  return {
    ...connectionEnvironment(token, token.provider),
    ...environment,
    // Their values are taken out of what the command prints.
    ...(environment !== undefined && { QUMULO_DELIVERY_SECRETS: Object.keys(environment).join(",") }),
    // The engine's own file would contradict the token that is delivered.
    QUMULO_CREDENTIALS_FILE: "",
    QUMULO_BEARER_TOKEN: token.bearerToken,
  };
}

/** A failing delivery fails the run, and by then the old token is gone. */
function warnOfNoOverlap(delivery: TokenDelivery): void {
  const { token } = delivery;
  if (token.overlap?.seconds !== 0) return;
  Annotations.of(delivery).addWarning(
    `The overlap of ${token.node.path} is ${token.overlap.toString()}: after a rotation no token works until this delivery has succeeded. Give an overlap, such as Duration.hours(24), or leave it out.`,
  );
}

function findFault(delivery: TokenDelivery, props: TokenDeliveryProps): PropFault | undefined {
  return (
    checkToken(props) ??
    checkWay(props) ??
    checkPath(known(props.credentialsFile)) ??
    checkProgram(props.program) ??
    checkNames(props) ??
    checkSecret(delivery, props, "command") ??
    checkSecret(delivery, props, "deliverWhenChanged")
  );
}

function checkToken({ token }: TokenDeliveryProps): PropFault | undefined {
  if (!token.isEncrypted) return undefined;
  return {
    prop: "token",
    problem: `The bearer token of ${token.node.path} is encrypted, so that only its recipients can use it; a delivery hands it on in clear.`,
    advice: "Hand encryptedBearerToken on by other means, such as an output, or leave encryptTo out.",
  };
}

function checkWay({ command, credentialsFile }: TokenDeliveryProps): PropFault | undefined {
  if (command !== undefined && credentialsFile !== undefined) {
    return {
      prop: "credentialsFile",
      problem: "command is given as well.",
      advice: "Keep one of them, or make a delivery of each.",
    };
  }
  if (command === undefined && credentialsFile === undefined) {
    return {
      prop: "command",
      problem: "Neither command nor credentialsFile is given.",
      advice: "Say how the bearer token is delivered: by a command, or into a credentials file.",
    };
  }
  if (known(command)?.trim() !== "") return undefined;
  return { prop: "command", problem: "It is empty.", advice: "Give what sh is to run." };
}

function checkPath(path: string | undefined): PropFault | undefined {
  if (path === undefined || (/^(~?\/).*[^/]$/s.test(path) && !path.includes("\0"))) return undefined;
  return {
    prop: "credentialsFile",
    problem: `"${path}" is not an absolute path of a file.`,
    advice:
      'Give a path such as "/etc/backup/qumulo.json" or "~/qumulo.json"; others would begin in the folder of the engine.',
  };
}

function checkProgram(program: readonly string[] | undefined): PropFault | undefined {
  if (program === undefined || (program.length > 0 && known(program[0]) !== "")) return undefined;
  return {
    prop: "program",
    problem: "It names no program.",
    advice: 'Give a program and its first arguments, such as ["npx", "--no", "--", "cdktf-qumulo"].',
  };
}

const ownVariables = ["QUMULO_BEARER_TOKEN", "QUMULO_CREDENTIALS_FILE", "QUMULO_DELIVERY_SECRETS"];
const ownTriggers = ["token_id", "command", "credentials_file"];

function checkNames({ environment = {}, deliverWhenChanged = {} }: TokenDeliveryProps): PropFault | undefined {
  const variable = Object.keys(environment).find((name) => ownVariables.includes(name) || !/^[A-Za-z_]\w*$/.test(name));
  if (variable !== undefined) {
    return {
      prop: "environment",
      problem: ownVariables.includes(variable) ? `${variable} is set by the delivery.` : `"${variable}" is not a name.`,
      advice: 'Use another name of letters, digits and "_".',
    };
  }
  const trigger = Object.keys(deliverWhenChanged).find((name) => ownTriggers.includes(name));
  if (trigger === undefined) return undefined;
  return { prop: "deliverWhenChanged", problem: `"${trigger}" is set by the delivery.`, advice: "Use another name." };
}

/** In a command the bearer token would be in the list of processes, and in a trigger in state. */
function checkSecret(
  delivery: TokenDelivery,
  props: TokenDeliveryProps,
  prop: "command" | "deliverWhenChanged",
): PropFault | undefined {
  const value = props[prop];
  if (value === undefined) return undefined;
  const reference = rendered(delivery, props.token.bearerToken).replace(/^"\$\{|\}"$/g, "");
  if (!rendered(delivery, value).includes(reference)) return undefined;
  return {
    prop,
    problem: "It contains the bearer token, which would then be in state and in the list of processes.",
    advice: "Leave it out: the command finds it in its environment, as $QUMULO_BEARER_TOKEN.",
  };
}

/** A value as the synthesized configuration will hold it. */
function rendered(scope: Construct, value: unknown): string {
  return JSON.stringify(resolved(scope, value));
}

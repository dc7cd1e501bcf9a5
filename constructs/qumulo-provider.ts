import { type IResolvable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { parseFingerprint } from "../src/vocabulary/fingerprint.ts";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { ConstructError, type PropFault } from "./construct-error.ts";
import type { Duration } from "./duration.ts";
import { QumuloProvider as ProviderBlock } from "./generated/provider.ts";
import { inheritAspects } from "./inherited-aspects.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { known } from "./known.ts";
import { guardOutputs } from "./output-guard.ts";
import { type SecretProp, secretText, warnOfPlainText } from "./secret-prop.ts";

/**
 * For {@link QumuloProvider}. What is left out comes from the environment of the engine, by the variable named with
 * each prop: a program that sets nothing can go to any cluster and holds no secret.
 */
export interface QumuloProviderProps {
  /**
   * Host name or address of the cluster, without scheme and port.
   *
   * @default - from `QUMULO_HOST`
   */
  readonly host?: string | undefined;
  /**
   * Port of the REST API.
   *
   * @default - from `QUMULO_PORT`, or else 8000
   */
  readonly port?: number | undefined;
  /**
   * Name of the user to log in as.
   *
   * @default - from `QUMULO_USERNAME`
   */
  readonly username?: string | undefined;
  /**
   * Password of that user.
   *
   * @default - from `QUMULO_PASSWORD`
   */
  readonly password?: SecretProp | undefined;
  /**
   * Bearer token of an access token, instead of a login.
   *
   * @default - from `QUMULO_BEARER_TOKEN`
   */
  readonly bearerToken?: SecretProp | undefined;
  /**
   * Path of a credentials file as Qumulo's `qq` writes it, instead of a login.
   *
   * @default - from `QUMULO_CREDENTIALS_FILE`; without any credentials, the files of `qq login` are tried
   */
  readonly credentialsFile?: string | undefined;
  /**
   * Path of a PEM file with certificate authorities to trust in addition to the system's.
   *
   * @default - from `QUMULO_CA_FILE`
   */
  readonly caFile?: string | undefined;
  /**
   * Certificate authorities to trust in addition to the system's, as PEM text.
   *
   * @default - from `QUMULO_CA_PEM`
   */
  readonly caPem?: string | undefined;
  /**
   * SHA-256 fingerprint of the cluster's own certificate, in hexadecimal with or without colons: trusts a self-signed
   * certificate, and nothing else.
   *
   * @default - from `QUMULO_CERTIFICATE_SHA256`
   */
  readonly certificateSha256?: string | undefined;
  /**
   * Whether to talk to a cluster whose certificate nobody has checked. Every plan warns.
   *
   * @default - from `QUMULO_INSECURE`, or else false
   */
  readonly insecure?: boolean | IResolvable | undefined;
  /**
   * HTTP proxy on the way to the cluster, such as `http://proxy.example.com:3128`; `none` for the direct way. Where the proxy
   * asks for a password, which is part of it, give a sensitive variable.
   *
   * @default - from `QUMULO_PROXY`, or else `HTTPS_PROXY` or `ALL_PROXY`, unless `NO_PROXY` names the cluster
   */
  readonly proxy?: SecretProp | undefined;
  /**
   * How long one request may take: longer than nothing.
   *
   * @default - from `QUMULO_REQUEST_TIMEOUT`, or else 30 seconds
   */
  readonly requestTimeout?: Duration | undefined;
  /**
   * How often a request that is safe to repeat is tried again; 0 switches retries off.
   *
   * @default - from `QUMULO_MAX_RETRIES`, or else 4
   */
  readonly maxRetries?: number | undefined;
  /**
   * Name of this provider among several of one stack: letters, digits, `_` and `-`, not beginning with a digit or `-`.
   * Constructs then choose it with their `provider` prop. For many clusters of one kind, see {@link forEachCluster}.
   *
   * @default - this is the stack's own provider
   */
  readonly alias?: string | undefined;
}

const qumuloProviderProps: KeysOf<QumuloProviderProps> = {
  host: true,
  port: true,
  username: true,
  password: true,
  bearerToken: true,
  credentialsFile: true,
  caFile: true,
  caPem: true,
  certificateSha256: true,
  insecure: true,
  proxy: true,
  requestTimeout: true,
  maxRetries: true,
  alias: true,
};

/**
 * How a stack reaches its cluster. A stack needs one; most programs leave all props out and set `QUMULO_HOST` and
 * credentials in the environment of `cdktf deploy`.
 *
 * @example
 * new QumuloProvider(this, "qumulo");
 * @example
 * const password = new TerraformVariable(this, "qumulo_password", { type: "string", sensitive: true });
 * new QumuloProvider(this, "qumulo", { host: "cluster.example.com", username: "deployer", password });
 */
export class QumuloProvider extends ProviderBlock {
  /** @throws {ConstructError} when a prop is not acceptable, or two kinds of credentials are given */
  constructor(scope: Construct, id: string, props: QumuloProviderProps = {}) {
    const { password, bearerToken, proxy, requestTimeout, ...rest } = props;
    super(scope, id, {
      ...rest,
      password: secretText(password),
      bearerToken: secretText(bearerToken),
      proxy: secretText(proxy),
      requestTimeout: requestTimeout?.toString(),
    });
    refuseUnknownProps(this, props, qumuloProviderProps);
    for (const fault of findFaults(props)) throw new ConstructError(this, fault);
    claimAlias(this, props.alias);
    guardOutputs(this);
    inheritAspects(this);
    warnOfPlainText(this, { prop: "password", secret: password, otherwise: fromEnvironment("QUMULO_PASSWORD") });
    warnOfPlainText(this, {
      prop: "bearerToken",
      secret: bearerToken,
      otherwise: fromEnvironment("QUMULO_BEARER_TOKEN"),
    });
    // Without credentials it is not secret.
    if (typeof proxy === "string" && !proxy.includes("@")) return;
    warnOfPlainText(this, { prop: "proxy", secret: proxy, otherwise: fromEnvironment("QUMULO_PROXY") });
  }
}

function fromEnvironment(variable: string): string {
  return `, or leave it out and set ${variable} where the engine runs`;
}

const providersOf = new WeakMap<TerraformStack, Map<string | undefined, string>>();

/** An engine takes one provider of each name in a stack, and one without a name. */
function claimAlias(provider: QumuloProvider, alias: string | undefined): void {
  const stack = TerraformStack.of(provider);
  const taken = providersOf.get(stack) ?? new Map<string | undefined, string>();
  const other = taken.get(alias);
  if (other !== undefined) {
    throw new ConstructError(provider, {
      prop: "alias",
      problem: alias === undefined ? `${other} has no alias either.` : `${other} has the alias "${alias}" already.`,
      advice: "Give each provider of a stack another alias; one of them may go without.",
    });
  }
  providersOf.set(stack, taken.set(alias, provider.node.path));
}

function findFaults(props: QumuloProviderProps): readonly PropFault[] {
  return [
    checkHost(known(props.host)),
    checkWholeNumber("port", known(props.port), { least: 1, most: 65_535 }),
    checkWholeNumber("maxRetries", known(props.maxRetries), { least: 0, most: Number.MAX_SAFE_INTEGER }),
    checkTimeout(props.requestTimeout),
    checkAlias(props.alias),
    checkFingerprint(known(props.certificateSha256)),
    checkCredentials(props),
  ].filter((fault) => fault !== undefined);
}

function checkHost(host: string | undefined): PropFault | undefined {
  // Two colons or more are an IPv6 address; one is a port, or a scheme.
  if (host === undefined || (/^[^\s/@]+$/.test(host) && host.split(":").length !== 2)) return undefined;
  return {
    prop: "host",
    problem: host === "" ? "It is empty." : `"${host}" is more than a host.`,
    advice: 'Give a host name or address alone, such as "cluster.example.com"; a port belongs in the prop port.',
  };
}

interface Limits {
  readonly least: number;
  readonly most: number;
}

function checkWholeNumber(prop: string, value: number | undefined, { least, most }: Limits): PropFault | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return undefined;
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  return { prop, problem: `${value} is out of range.`, advice: `Give a whole number, ${range}.` };
}

function checkTimeout(timeout: Duration | undefined): PropFault | undefined {
  if (timeout?.seconds !== 0) return undefined;
  return {
    prop: "requestTimeout",
    problem: "No request is that fast.",
    advice: "Give a duration, such as 30 seconds.",
  };
}

function checkAlias(alias: string | undefined): PropFault | undefined {
  if (alias === undefined || /^[A-Za-z_][\w-]*$/.test(alias)) return undefined;
  return {
    prop: "alias",
    problem: `"${alias}" is not a name of a provider.`,
    advice: 'Use letters, digits, "_" and "-", and begin with a letter or "_".',
  };
}

function checkFingerprint(fingerprint: string | undefined): PropFault | undefined {
  if (fingerprint === undefined || parseFingerprint(fingerprint) !== undefined) return undefined;
  return {
    prop: "certificateSha256",
    problem: `"${fingerprint}" is not a SHA-256 fingerprint.`,
    advice:
      "Give 64 hexadecimal digits, with colons between the pairs or without, as openssl x509 -noout -fingerprint -sha256 prints it.",
  };
}

/** A login may be given in part: the other part may come from the environment. */
function checkCredentials(props: QumuloProviderProps): PropFault | undefined {
  const { username, password, bearerToken, credentialsFile } = props;
  const given = [
    username !== undefined || password !== undefined ? "username and password" : "",
    bearerToken !== undefined ? "bearerToken" : "",
    credentialsFile !== undefined ? "credentialsFile" : "",
  ].filter((kind) => kind !== "");
  if (given.length < 2) return undefined;
  return {
    prop: given.at(-1) ?? "",
    problem: `Credentials of ${given.length} kinds are given: ${given.join("; ")}.`,
    advice: "Keep one of them.",
  };
}

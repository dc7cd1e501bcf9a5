import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { KeysOf } from "../../src/vocabulary/known-keys.ts";
import { ConstructError } from "../construct-error.ts";
import { refuseUnknownProps } from "../known-props.ts";
import { guardOutputs } from "../output-guard.ts";
import { type SecretProp, secretText, warnOfPlainText } from "../secret-prop.ts";
import { EphemeralQumuloSession } from "./generated/ephemeral-qumulo-session.ts";
import { onTerrain } from "./same-library.ts";

/** For {@link EphemeralSession}. */
export interface EphemeralSessionProps {
  /**
   * Name of the user to log in as, together with `password`.
   *
   * @default - the login of the provider
   */
  readonly username?: string | undefined;
  /**
   * Password of that user. A plan that is saved holds the values of variables: where that counts, make the variable
   * ephemeral by `password.addOverride("ephemeral", true)`, as the example does.
   *
   * @default - the login of the provider
   */
  readonly password?: SecretProp | undefined;
  /**
   * The provider that reaches the cluster.
   *
   * @default - that of the stack
   */
  readonly provider?: TerraformProvider | undefined;
}

const ephemeralSessionProps: KeysOf<EphemeralSessionProps> = {
  username: true,
  password: true,
  provider: true,
};

/**
 * A login to the cluster for one run of the engine, in no plan and no state. It takes none of the two access tokens that
 * a user can have, and cannot be ended: the cluster does that some hours later. Engines log in while planning and again
 * while applying. Only CDK Terrain has it, for engines that know ephemeral resources: OpenTofu 1.11 and Terraform 1.10, or
 * later. `targetVersions` in `cdktf.json` must say so.
 *
 * @example
 * const password = new TerraformVariable(this, "archive_password", { type: "string", sensitive: true });
 * password.addOverride("ephemeral", true);
 * const { bearerToken } = new EphemeralSession(this, "archive", { username: "svc-archive", password });
 * const asArchive = new QumuloProvider(this, "as-archive", { alias: "archive", bearerToken });
 */
export class EphemeralSession extends Construct {
  /** The provider that reaches the cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  readonly #resource: EphemeralQumuloSession;

  /** @throws {ConstructError} when only one of `username` and `password` is given */
  constructor(scope: Construct, id: string, props: EphemeralSessionProps = {}) {
    super(scope, id);
    refuseUnknownProps(this, props, ephemeralSessionProps);
    const { username, password, provider } = props;
    this.provider = provider;
    checkLogin(this, props);
    warnOfPlainText(this, { prop: "password", secret: password, otherwise: "" });
    this.#resource = new EphemeralQumuloSession(this, "Resource", {
      username,
      password: secretText(password),
      ...(provider !== undefined && { provider: onTerrain(provider) }),
    });
    guardOutputs(this);
  }

  /** The secret text that stands for the session, as an ephemeral reference: engines refuse it wherever they would keep it. */
  get bearerToken(): string {
    return this.#resource.bearerToken;
  }
}

function checkLogin(session: EphemeralSession, { username, password }: EphemeralSessionProps): void {
  if ((username === undefined) === (password === undefined)) return;
  const [missing, given] = username === undefined ? ["username", "password"] : ["password", "username"];
  throw new ConstructError(session, {
    prop: missing,
    problem: `It is missing, and ${given} is given.`,
    advice: "Give both, or neither for the login of the provider.",
  });
}

import { DataResource, Fn, type TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { KeysOf } from "../../src/vocabulary/known-keys.ts";
import { ConstructError } from "../construct-error.ts";
import { Duration } from "../duration.ts";
import type { IServiceAccount } from "../interfaces.ts";
import { refuseUnknownProps } from "../known-props.ts";
import { accessBeside, waitFor } from "../memberships.ts";
import { guardOutputs } from "../output-guard.ts";
import { takeSlot, userOf } from "../token-account.ts";
import { EphemeralQumuloAccessToken } from "./generated/ephemeral-qumulo-access-token.ts";
import { onTerrain } from "./same-library.ts";

/** For {@link EphemeralAccessToken}. */
export interface EphemeralAccessTokenProps {
  /** Whom the token authenticates. */
  readonly account: IServiceAccount;
  /**
   * How long the token lives when nothing extends or deletes it, from 1 minute to 24 hours. Long runs need no more than
   * the default: the token is extended before it ends.
   *
   * @default - 15 minutes
   */
  readonly expiresIn?: Duration | undefined;
  /**
   * Whether plans make no token. Without this, engines make one while planning and another while applying. It takes a
   * `terraform_data` that is replaced in every run, so that every plan shows a change.
   *
   * @default false
   */
  readonly onlyWhileApplying?: boolean | undefined;
  /**
   * Whether the account may be an administrator, or hold privileges that let their holder gain more. Without this, the
   * provider refuses to make a token for such an account.
   *
   * @default false
   */
  readonly allowAdministrator?: boolean | undefined;
  /**
   * The provider that reaches the cluster.
   *
   * @default - that of the account
   */
  readonly provider?: TerraformProvider | undefined;
}

const shortestLife = Duration.minutes(1);
const longestLife = Duration.hours(24);

const ephemeralAccessTokenProps: KeysOf<EphemeralAccessTokenProps> = {
  account: true,
  expiresIn: true,
  onlyWhileApplying: true,
  allowAdministrator: true,
  provider: true,
};

/**
 * An access token for one run of the engine: made when something needs it, deleted when the run ends, and in no plan and
 * no state. Only CDK Terrain has it, for engines that know ephemeral resources: OpenTofu 1.11 and Terraform 1.10, or later.
 * `targetVersions` in `cdktf.json` must say so.
 *
 * Its bearer token can go where engines keep nothing: into the settings of a provider, the environment of a provisioner,
 * or a write-only attribute such as `passwordWo`. It takes one of the two access tokens that an account can have, for as
 * long as the run takes. `AccessPolicy` judges how long it lives; it is never rotated.
 *
 * @example
 * const { bearerToken } = new EphemeralAccessToken(this, "index", { account, expiresIn: Duration.minutes(5) });
 * const asAccount = new QumuloProvider(this, "as-account", { alias: "index", bearerToken });
 */
export class EphemeralAccessToken extends Construct {
  /** Whom the token authenticates. */
  readonly account: IServiceAccount;
  /** The provider that reaches the cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  readonly #resource: EphemeralQumuloAccessToken;

  /** @throws {ConstructError} when a prop is not acceptable, or the account has two access tokens already */
  constructor(scope: Construct, id: string, props: EphemeralAccessTokenProps) {
    super(scope, id);
    refuseUnknownProps(this, props, ephemeralAccessTokenProps);
    this.account = props.account;
    this.provider = props.provider ?? props.account.provider;
    checkLife(this, props.expiresIn);
    takeSlot(this, false);
    const user = userOf(this);
    this.#resource = new EphemeralQumuloAccessToken(this, "Resource", {
      user: props.onlyWhileApplying === true ? decidedWhileApplying(this, user) : user,
      expiresIn: props.expiresIn?.toString(),
      allowAdministrator: props.allowAdministrator,
      ...(this.provider !== undefined && { provider: onTerrain(this.provider) }),
    });
    waitFor(this.#resource, () => accessBeside(this.account, TerraformStack.of(this)));
    guardOutputs(this);
  }

  /** Id of the access token, as an ephemeral reference that the engine resolves. */
  get tokenId(): string {
    return this.#resource.id;
  }

  /** The secret text that programs send, as an ephemeral reference: engines refuse it wherever they would keep it. */
  get bearerToken(): string {
    return this.#resource.bearerToken;
  }

  /** When the token ends unless it is extended, as an ephemeral reference that the engine resolves. */
  get expirationTime(): string {
    return this.#resource.expirationTime;
  }
}

/** The same text, which no plan knows: what it comes from is replaced in every run. */
function decidedWhileApplying(token: EphemeralAccessToken, user: string): string {
  const data = new DataResource(token, "User", { input: { user }, triggersReplace: { time: Fn.timestamp() } });
  return Token.asString(data.interpolationForAttribute("output.user"));
}

function checkLife(token: EphemeralAccessToken, life: Duration | undefined): void {
  if (life === undefined || !(life.isLongerThan(longestLife) || shortestLife.isLongerThan(life))) return;
  throw new ConstructError(token, {
    prop: "expiresIn",
    problem: `${life.toString()} is out of range.`,
    advice: "Give a duration from 1 minute to 24 hours, such as Duration.minutes(15), or leave it out.",
  });
}

import { TerraformOutput, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { ConstructError } from "./construct-error.ts";
import type { Duration } from "./duration.ts";
import { AccessToken as AccessTokenResource } from "./generated/access-token.ts";
import type { IAccessToken, IServiceAccount, IssueTokenProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { accessBeside, waitFor } from "./memberships.ts";
import { guardOutputs } from "./output-guard.ts";
import { recipientsText } from "./recipients.ts";
import { takeSlot, userOf } from "./token-account.ts";
import { checkLife } from "./token-life.ts";

/** For {@link AccessToken}. */
export interface AccessTokenProps extends IssueTokenProps {
  /** Whom the token authenticates. Another account makes another token. */
  readonly account: IServiceAccount;
}

const accessTokenProps: KeysOf<AccessTokenProps> = {
  account: true,
  expiresIn: true,
  expirationTime: true,
  neverExpires: true,
  rotateBeforeExpiry: true,
  overlap: true,
  rotateWhenChanged: true,
  enabled: true,
  encryptTo: true,
  allowAdministrator: true,
  allowLockOut: true,
  provider: true,
};

/**
 * A credential of one service account for the REST API. Usually made by `account.issueToken(id)`.
 *
 * With `expiresIn` it is a series of tokens: a rotation makes a new one while the old one keeps working for `overlap`.
 * A rotation is an update in place, so it needs a plan to be made from time to time. It uses both access tokens that an
 * account can have.
 *
 * The token is created after the account's memberships and deleted before them, so that whoever holds it always has
 * what the roles give.
 *
 * @example
 * const token = account.issueToken("token", {
 *   expiresIn: Duration.days(90),
 *   rotateBeforeExpiry: Duration.days(14),
 *   overlap: Duration.days(2),
 * });
 * token.output("backup_bearer_token");
 */
export class AccessToken extends Construct implements IAccessToken {
  readonly account: IServiceAccount;
  readonly provider: TerraformProvider | undefined;
  readonly overlap: Duration | undefined;
  readonly isEncrypted: boolean;
  readonly #resource: AccessTokenResource;

  /** @throws {ConstructError} when a prop is not acceptable, or the account has two access tokens already */
  constructor(scope: Construct, id: string, props: AccessTokenProps) {
    super(scope, id);
    refuseUnknownProps(this, props, accessTokenProps);
    const { account, expirationTime, expiresIn, rotateBeforeExpiry, overlap, rotateWhenChanged } = props;
    this.account = account;
    this.provider = props.provider ?? account.provider;
    this.overlap = overlap;
    this.isEncrypted = props.encryptTo !== undefined;
    checkLife(this, props);
    const encryptTo = recipientsText(this, props.encryptTo);
    takeSlot(this, expiresIn !== undefined || rotateWhenChanged !== undefined);
    this.#resource = new AccessTokenResource(this, "Resource", {
      user: userOf(this),
      expirationTime,
      expiresIn: expiresIn?.toString(),
      rotateBeforeExpiry: rotateBeforeExpiry?.toString(),
      overlap: overlap?.toString(),
      rotateWhenChanged: rotateWhenChanged === undefined ? undefined : { ...rotateWhenChanged },
      enabled: props.enabled,
      encryptTo,
      allowAdministrator: props.allowAdministrator,
      allowLockOut: props.allowLockOut,
      ...(this.provider !== undefined && { provider: this.provider }),
    });
    waitFor(this.#resource, () => accessBeside(account, TerraformStack.of(this)));
    guardOutputs(this);
  }

  /** Id of the access token, as a reference that the engine resolves. A rotation changes it. */
  get tokenId(): string {
    return this.#resource.id;
  }

  /**
   * The secret text that programs send, as a reference that the engine resolves: it can be handed to other resources,
   * and is in no synthesized file. The engine keeps it in state, marked sensitive. A rotation changes it.
   *
   * @throws {ConstructError} when the token has `encryptTo`: then nobody but the recipients has its bearer token
   */
  get bearerToken(): string {
    if (!this.isEncrypted) return this.#resource.bearerToken;
    throw new ConstructError(this, {
      prop: "bearerToken",
      problem: "The bearer token is encrypted to encryptTo, and nothing here can decrypt it.",
      advice: "Use encryptedBearerToken, or leave encryptTo out.",
    });
  }

  /**
   * The bearer token encrypted to `encryptTo`, as a reference that the engine resolves: an age file in ASCII armor, which
   * `age -d -i key.txt` decrypts. It is not secret. A rotation changes it.
   *
   * @throws {ConstructError} when the token has no `encryptTo`
   */
  get encryptedBearerToken(): string {
    if (this.isEncrypted) return this.#resource.encryptedBearerToken;
    throw new ConstructError(this, {
      prop: "encryptedBearerToken",
      problem: "The bearer token is not encrypted.",
      advice: "Give encryptTo, a public key of age, or use bearerToken.",
    });
  }

  /** When the cluster stops accepting the token, as a reference that the engine resolves; null when it never does. */
  get expirationTime(): string {
    return this.#resource.expirationTime;
  }

  /**
   * Takes over the access token that the account has, in place of creating one. It comes without its bearer token, which
   * the cluster shows only once: a rotation makes a new one. It may stay in the program afterwards.
   *
   * @param tokenId - id of the access token, as `qq auth_list_access_tokens` shows it
   */
  importFrom(tokenId: string): void {
    this.#resource.importFrom(tokenId);
  }

  /**
   * Adds the bearer token to the outputs of the stack: marked sensitive, or encrypted where `encryptTo` is given.
   *
   * @param name - name of the output: letters, digits, `_` and `-`, not beginning with a digit or `-`
   * @throws {ConstructError} when the name is not acceptable, or something in the stack has it already
   */
  output(name: string): TerraformOutput {
    const stack = TerraformStack.of(this);
    checkOutputName(this, name);
    if (this.isEncrypted) {
      return new TerraformOutput(stack, name, {
        value: this.encryptedBearerToken,
        description: `Bearer token of ${this.node.path}, encrypted with age.`,
      });
    }
    return new TerraformOutput(stack, name, {
      value: this.bearerToken,
      sensitive: true,
      description: `Bearer token of ${this.node.path}.`,
    });
  }
}

function checkOutputName(token: AccessToken, name: string): void {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) {
    throw new ConstructError(token, {
      prop: "name",
      problem: `"${name}" is not a name for an output.`,
      advice: 'Use letters, digits, "_" and "-", and begin with a letter or "_".',
    });
  }
  const taken = TerraformStack.of(token).node.tryFindChild(name);
  if (taken !== undefined) {
    throw new ConstructError(token, {
      prop: "name",
      problem: `${taken.node.path} has the name "${name}" already.`,
      advice: "Choose another name for the output.",
    });
  }
}

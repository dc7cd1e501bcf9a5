import { Annotations, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { renderIdentityText } from "../src/vocabulary/identity-text.ts";
import { ConstructError } from "./construct-error.ts";
import { AccessToken as AccessTokenResource } from "./generated/access-token.ts";
import type { IAccessToken, IServiceAccount, IssueTokenProps } from "./interfaces.ts";
import { accessBeside } from "./memberships.ts";
import { guardOutputs } from "./output-guard.ts";
import { checkLife } from "./token-life.ts";

/** For {@link AccessToken}. */
export interface AccessTokenProps extends IssueTokenProps {
  /** Whom the token authenticates. Another account makes another token. */
  readonly account: IServiceAccount;
}

interface TakenSlot {
  readonly token: AccessToken;
  readonly rotates: boolean;
}

const mostTokens = 2;
const slotsOf = new WeakMap<IServiceAccount, readonly TakenSlot[]>();

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
  readonly #resource: AccessTokenResource;

  /** @throws {ConstructError} when a prop is not acceptable, or the account has two access tokens already */
  constructor(scope: Construct, id: string, props: AccessTokenProps) {
    super(scope, id);
    const { account, expirationTime, expiresIn, rotateBeforeExpiry, overlap, rotateWhenChanged, enabled } = props;
    this.account = account;
    checkLife(this, props);
    takeSlot(this, expiresIn !== undefined || rotateWhenChanged !== undefined);
    const provider = props.provider ?? account.provider;
    this.#resource = new AccessTokenResource(this, "Resource", {
      user: userOf(this),
      expirationTime,
      expiresIn: expiresIn?.toString(),
      rotateBeforeExpiry: rotateBeforeExpiry?.toString(),
      overlap: overlap?.toString(),
      rotateWhenChanged: rotateWhenChanged === undefined ? undefined : { ...rotateWhenChanged },
      enabled,
      ...(provider !== undefined && { provider }),
    });
    const produce = (): string[] => accessBeside(account, TerraformStack.of(this));
    this.#resource.dependsOn = Lazy.listValue({ produce }, { omitEmpty: true });
    guardOutputs(this);
  }

  /** Id of the access token, as a reference that the engine resolves. A rotation changes it. */
  get tokenId(): string {
    return this.#resource.id;
  }

  /**
   * The secret text that programs send, as a reference that the engine resolves: it can be handed to other resources,
   * and is in no synthesized file. The engine keeps it in state, marked sensitive. A rotation changes it.
   */
  get bearerToken(): string {
    return this.#resource.bearerToken;
  }

  /** When the cluster stops accepting the token, as a reference that the engine resolves; null when it never does. */
  get expirationTime(): string {
    return this.#resource.expirationTime;
  }

  /**
   * Adds the bearer token to the outputs of the stack, marked sensitive.
   *
   * @param name - name of the output: letters, digits, `_` and `-`, not beginning with a digit or `-`
   * @throws {ConstructError} when the name is not acceptable, or something in the stack has it already
   */
  output(name: string): TerraformOutput {
    const stack = TerraformStack.of(this);
    checkOutputName(this, name);
    return new TerraformOutput(stack, name, {
      value: this.bearerToken,
      sensitive: true,
      description: `Bearer token of ${this.node.path}.`,
    });
  }
}

function takeSlot(token: AccessToken, rotates: boolean): void {
  const taken = slotsOf.get(token.account) ?? [];
  const names = taken.map((slot) => slot.token.node.path).join(", ");
  const account = token.account.node.path;
  if (taken.length >= mostTokens) {
    throw new ConstructError(token, {
      prop: "account",
      problem: `${account} has ${taken.length} access tokens already (${names}), and a user holds ${mostTokens} at most.`,
      advice: "Remove one of them, or make another service account.",
    });
  }
  const slots = [...taken, { token, rotates }];
  slotsOf.set(token.account, slots);
  if (slots.length === mostTokens && slots.some((slot) => slot.rotates)) {
    Annotations.of(token).addWarning(
      `${account} has another access token, ${names}. A user holds ${mostTokens} at most, so no rotation of either finds a free place, and it fails. Make another service account for one of them.`,
    );
  }
}

function userOf(token: AccessToken): string {
  const user = renderIdentityText(token.account.identity);
  if (user !== undefined) return user;
  throw new ConstructError(token, {
    prop: "account",
    problem: `The identity of ${token.account.node.path} is empty.`,
    advice: "Give an account whose identity has an authId, or a name and a domain.",
  });
}

function checkOutputName(token: AccessToken, name: string): void {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) {
    throw new ConstructError(token, {
      prop: "name",
      problem: `"${name}" is no name for an output.`,
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

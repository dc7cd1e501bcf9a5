import { Annotations, dependable, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { systemClock } from "../src/vocabulary/clock.ts";
import { renderIdentityText } from "../src/vocabulary/identity-text.ts";
import { instantForm, instantOf, parseInstant } from "../src/vocabulary/instant.ts";
import { ConstructError } from "./construct-error.ts";
import { AccessToken as AccessTokenResource } from "./generated/access-token.ts";
import { membershipsBeside } from "./grant.ts";
import type { IAccessToken, IServiceAccount, IssueTokenProps } from "./interfaces.ts";
import { known } from "./known.ts";

/** For {@link AccessToken}. */
export interface AccessTokenProps extends IssueTokenProps {
  /** Whom the token authenticates. Another account makes another token. */
  readonly account: IServiceAccount;
}

const mostTokens = 2;
const tokensOf = new WeakMap<IServiceAccount, readonly AccessToken[]>();

/**
 * A credential of one service account for the REST API. Usually made by `account.issueToken(id)`.
 *
 * The token is created after the account's memberships and deleted before them, so that whoever holds it always has
 * what the roles give.
 *
 * @example
 * const token = account.issueToken("token", { expirationTime: "2030-01-31T12:00:00Z" });
 * token.output("backup_bearer_token");
 */
export class AccessToken extends Construct implements IAccessToken {
  readonly account: IServiceAccount;
  readonly #resource: AccessTokenResource;

  /** @throws {ConstructError} when a prop is not acceptable, or the account has two access tokens already */
  constructor(scope: Construct, id: string, props: AccessTokenProps) {
    super(scope, id);
    this.account = props.account;
    checkExpirationTime(this, props.expirationTime);
    takeSlot(this);
    const provider = props.provider ?? props.account.provider;
    this.#resource = new AccessTokenResource(this, "Resource", {
      user: userOf(this),
      expirationTime: props.expirationTime,
      enabled: props.enabled,
      ...(provider !== undefined && { provider }),
    });
    this.#resource.dependsOn = Lazy.listValue({ produce: () => this.#memberships() }, { omitEmpty: true });
  }

  /** Id of the access token, as a reference that the engine resolves. */
  get tokenId(): string {
    return this.#resource.id;
  }

  /**
   * The secret text that programs send, as a reference that the engine resolves: it can be handed to other resources,
   * and is in no synthesized file. The engine keeps it in state, marked sensitive.
   */
  get bearerToken(): string {
    return this.#resource.bearerToken;
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

  #memberships(): string[] {
    return membershipsBeside(this.account, TerraformStack.of(this)).map((membership) => dependable(membership));
  }
}

function checkExpirationTime(token: AccessToken, expirationTime: string | undefined): void {
  const text = known(expirationTime);
  if (text === undefined) return;
  const instant = parseInstant(text);
  if (instant === undefined) {
    throw new ConstructError(token, {
      prop: "expirationTime",
      problem: `"${text}" is no time.`,
      advice: `Give ${instantForm}, or leave it out for a token that never expires.`,
    });
  }
  // No error: a token that has expired since it was issued must not keep the rest of the program from being deployed.
  if (instant <= instantOf(systemClock.now())) {
    Annotations.of(token).addWarning(
      `expirationTime ${text} is in the past. The cluster accepts the token no more and creates none like it: choose a later time, or remove the token.`,
    );
  }
}

function takeSlot(token: AccessToken): void {
  const tokens = tokensOf.get(token.account) ?? [];
  if (tokens.length >= mostTokens) {
    throw new ConstructError(token, {
      prop: "account",
      problem: `${token.account.node.path} has ${tokens.length} access tokens already (${tokens.map((other) => other.node.path).join(", ")}), and a user holds ${mostTokens} at most.`,
      advice: "Remove one of them, or make another service account.",
    });
  }
  tokensOf.set(token.account, [...tokens, token]);
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

import type { IResolvable, TerraformOutput, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import type { IdentityReference } from "../src/vocabulary/identity-text.ts";

/** A local user for one program, made here or there already. */
export interface IServiceAccount extends IConstruct {
  /** Name of the local user. */
  readonly name: string;
  /** How the cluster is told which user is meant: by id, or by name and domain. */
  readonly identity: IdentityReference;
  /** The provider that reaches the account's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  /**
   * Creates an access token for this account.
   *
   * @param id - construct id; part of the token's address in state, so another id makes another token
   * @throws {ConstructError} when the account has two access tokens already
   */
  issueToken(id: string, props?: IssueTokenProps): IAccessToken;
}

/** A named set of privileges, made here or there already. */
export interface IRole extends IConstruct {
  /** Name of the role. */
  readonly name: string;
  /** The provider that reaches the role's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  /** Gives an account the privileges of this role. Other members of the role are left alone. */
  grantTo(account: IServiceAccount): IGrant;
}

/** One account's membership in one role. */
export interface IGrant extends IConstruct {
  readonly role: IRole;
  readonly account: IServiceAccount;
}

/** A credential of one account. */
export interface IAccessToken extends IConstruct {
  readonly account: IServiceAccount;
  /** Id of the access token, as a reference that the engine resolves. */
  readonly tokenId: string;
  /** The secret text that programs send, as a reference that the engine resolves; never the text itself. */
  readonly bearerToken: string;
  /**
   * Adds the bearer token to the outputs of the stack, marked sensitive.
   *
   * @param name - name of the output: letters, digits, `_` and `-`, not beginning with a digit or `-`
   */
  output(name: string): TerraformOutput;
}

/** How to issue an access token. */
export interface IssueTokenProps {
  /**
   * When the cluster stops accepting the token: an RFC 3339 time with an offset, such as `2030-01-31T12:00:00Z`.
   * A later or earlier time changes the token in place.
   *
   * @default - the token never expires
   */
  readonly expirationTime?: string | undefined;
  /**
   * Whether the cluster accepts the token. Changes in place.
   *
   * @default true
   */
  readonly enabled?: boolean | IResolvable | undefined;
  /**
   * The provider that reaches the account's cluster.
   *
   * @default - the account's own
   */
  readonly provider?: TerraformProvider | undefined;
}

import type { IResolvable, TerraformOutput, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import type { IdentityReference } from "../src/vocabulary/identity-text.ts";
import type { Duration } from "./duration.ts";

/** Who can be given a role: a service account, or a group for all its members. */
export interface IGrantee extends IConstruct {
  /** Name of the local user or group. */
  readonly name: string;
  /** How the cluster is told who is meant: by id, or by name and domain. */
  readonly identity: IdentityReference;
  /** The provider that reaches the cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
}

/** How to make somebody a member of a role or of a local group. */
export interface MembershipProps {
  /**
   * Whether the end of the membership may take its rights from the account that runs the plan. Without this, the plan
   * refuses that. To remove the membership all the same, deploy with this first.
   *
   * @default false
   */
  readonly allowLockOut?: boolean | IResolvable | undefined;
}

/** A local user for one program, made here or there already. */
export interface IServiceAccount extends IGrantee {
  /**
   * Creates an access token for this account.
   *
   * @param id - construct id; part of the token's address in state, so another id makes another token
   * @throws {ConstructError} when the account has two access tokens already
   */
  issueToken(id: string, props?: IssueTokenProps): IAccessToken;
}

/** A group of local users, made here or there already. */
export interface ILocalGroup extends IGrantee {
  /** Id of the group, as text of digits or as a reference that the engine resolves. */
  readonly groupId: string;
  /** Makes an account a member of this group. Other members of the group are left alone. */
  addMember(account: IServiceAccount, props?: MembershipProps): IGroupMembership;
}

/** One account's membership in one local group. */
export interface IGroupMembership extends IConstruct {
  /** The group that has the member. */
  readonly group: ILocalGroup;
  /** The member. */
  readonly account: IServiceAccount;
  /**
   * Takes over the membership that the cluster has, in place of creating one.
   *
   * @param id - the ids or names of group and member, joined by a colon: `1007:1004`
   */
  importFrom(id: string): void;
}

/** A named set of privileges, made here or there already. */
export interface IRole extends IConstruct {
  /** Name of the role. */
  readonly name: string;
  /** The provider that reaches the role's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  /** Gives an account, or all members of a group, the privileges of this role. Other members of the role are left alone. */
  grantTo(grantee: IGrantee, props?: MembershipProps): IGrant;
}

/** One account's or group's membership in one role. */
export interface IGrant extends IConstruct {
  /** The role that is given. */
  readonly role: IRole;
  /** Who gets it: an account, or a group for all its members. */
  readonly grantee: IGrantee;
  /**
   * Takes over the membership that the cluster has, in place of creating one.
   *
   * @param id - the role's name and the member's `auth_id`, joined by a colon: `Observers:1004`
   */
  importFrom(id: string): void;
}

/** A credential of one account: one token, or a series of them that rotates. */
export interface IAccessToken extends IConstruct {
  /** The account that it is a credential of. */
  readonly account: IServiceAccount;
  /** The provider that reaches the token's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  /** How long the old token keeps working after a rotation; `undefined` for the provider's own 24 hours. */
  readonly overlap: Duration | undefined;
  /** Whether state holds the bearer token encrypted, and in no other form: `encryptTo` was given. */
  readonly isEncrypted: boolean;
  /** Id of the access token, as a reference that the engine resolves. A rotation changes it. */
  readonly tokenId: string;
  /**
   * The secret text that programs send, as a reference that the engine resolves; never the text itself. A rotation
   * changes it.
   *
   * @throws {ConstructError} when the token is encrypted
   */
  readonly bearerToken: string;
  /**
   * The bearer token encrypted to `encryptTo`: an age file in ASCII armor, as a reference that the engine resolves. It is
   * not secret. A rotation changes it.
   *
   * @throws {ConstructError} when the token is not encrypted
   */
  readonly encryptedBearerToken: string;
  /**
   * Adds the bearer token to the outputs of the stack: marked sensitive, or encrypted where `encryptTo` is given.
   *
   * @param name - name of the output: letters, digits, `_` and `-`, not beginning with a digit or `-`
   */
  output(name: string): TerraformOutput;
  /**
   * Takes over the access token that the account has, in place of creating one. It comes without its bearer token.
   *
   * @param tokenId - id of the access token, as `qq auth_list_access_tokens` shows it
   */
  importFrom(tokenId: string): void;
}

/** How to issue an access token. */
export interface IssueTokenProps {
  /**
   * How long each token lives, counted from its creation: longer than nothing. A change moves the end in place. A plan
   * after the end makes a new token.
   *
   * @default - the token ends at `expirationTime`, or never
   */
  readonly expiresIn?: Duration | undefined;
  /**
   * When the cluster stops accepting the token, instead of `expiresIn`: an RFC 3339 time with an offset, such as
   * `2030-01-31T12:00:00Z`. A later or earlier time changes the token in place.
   *
   * @default - the token ends as `expiresIn` says, or never
   */
  readonly expirationTime?: string | undefined;
  /**
   * Whether a token without an end is meant. Without this, it is warned about.
   *
   * @default false
   */
  readonly neverExpires?: boolean | undefined;
  /**
   * How long before its end the token is rotated, by the first plan from then on: longer than nothing, and shorter than
   * `expiresIn`, which it needs. Plan more often than that.
   *
   * @default - the token is rotated by the first plan after its end
   */
  readonly rotateBeforeExpiry?: Duration | undefined;
  /**
   * How long the old token keeps working after a rotation: no longer than `expiresIn`. With no length at all, it is
   * deleted at once.
   *
   * @default Duration.hours(24)
   */
  readonly overlap?: Duration | undefined;
  /**
   * Any values; a change of one of them rotates the token. Adding or removing the whole map alone does not. Synthesized
   * files hold them, so none may be secret.
   *
   * @default - the token is rotated for its age alone
   */
  readonly rotateWhenChanged?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether the cluster accepts the token. Changes in place.
   *
   * @default true
   */
  readonly enabled?: boolean | IResolvable | undefined;
  /**
   * Whom to encrypt the bearer token to: public keys of age (`age1…`), each a recipient who can decrypt it, or the text
   * of an age recipients file. State then holds no bearer token but `encryptedBearerToken`, which `age -d -i key.txt`
   * decrypts. Other recipients make another token.
   *
   * @default - state holds the bearer token in clear
   */
  readonly encryptTo?: string | readonly string[] | undefined;
  /**
   * Whether the account may be an administrator, or hold privileges that let it gain more. Without this, the engine's
   * plan refuses a token for such an account.
   *
   * @default false
   */
  readonly allowAdministrator?: boolean | IResolvable | undefined;
  /**
   * Whether a change of the token may take its rights or its login from the account that runs the plan. Without
   * this, the plan refuses such a change. To remove it all the same, deploy with this first.
   *
   * @default false
   */
  readonly allowLockOut?: boolean | IResolvable | undefined;
  /**
   * The provider that reaches the account's cluster.
   *
   * @default - the account's own
   */
  readonly provider?: TerraformProvider | undefined;
}

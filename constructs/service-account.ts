import { type TerraformProvider, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { IdentityReference } from "../src/vocabulary/identity-text.ts";
import { userNameFault } from "../src/vocabulary/user-name.ts";
import { AccessToken } from "./access-token.ts";
import { ConstructError } from "./construct-error.ts";
import { LocalUser } from "./generated/local-user.ts";
import type { IServiceAccount, IssueTokenProps } from "./interfaces.ts";
import { known } from "./known.ts";
import { claimName } from "./unique-name.ts";

/** For {@link ServiceAccount}. */
export interface ServiceAccountProps {
  /**
   * Name of the local user: 1 to 256 characters, none that Windows forbids in account names. Users and groups share
   * one set of names, without regard to case. Another name renames the user and keeps its tokens.
   */
  readonly name: string;
  /**
   * Id of the local group that is the user's primary group, such as `513` for `Users`.
   *
   * @default - a new user is in `Users`; an existing one stays where it is
   */
  readonly primaryGroup?: string | undefined;
  /**
   * NFS uid of the user, from 0 to 4294967295.
   *
   * @default - the user has none
   */
  readonly uid?: number | undefined;
  /**
   * Home directory of the user, an absolute path.
   *
   * @default - the user has none
   */
  readonly homeDirectory?: string | undefined;
  /**
   * The provider that reaches the account's cluster.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider | undefined;
}

abstract class ServiceAccountBase extends Construct implements IServiceAccount {
  abstract readonly name: string;
  abstract readonly identity: IdentityReference;
  abstract readonly provider: TerraformProvider | undefined;

  /**
   * Creates an access token for this account. An account has two at most.
   *
   * @param id - construct id; part of the token's address in state, so another id makes another token
   * @throws {ConstructError} when a prop is not acceptable, or the account has two access tokens already
   */
  issueToken(id: string, props: IssueTokenProps = {}): AccessToken {
    return new AccessToken(this, id, { ...props, account: this });
  }
}

/**
 * A service account: a local user for one program. Nobody knows its password (the provider sets a random one and
 * forgets it), so it is used through its access tokens, and may do what its roles allow.
 *
 * @example
 * const account = new ServiceAccount(this, "backup", { name: "svc-backup" });
 * role.grantTo(account);
 * account.issueToken("token").output("backup_bearer_token");
 */
export class ServiceAccount extends ServiceAccountBase {
  readonly provider: TerraformProvider | undefined;
  readonly #user: LocalUser;

  /** @throws {ConstructError} when a prop is not acceptable, or another account of the stack has the name */
  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    checkName(this, props.name);
    checkPrimaryGroup(this, props.primaryGroup);
    checkUid(this, props.uid);
    checkHomeDirectory(this, props.homeDirectory);
    const { name, primaryGroup, uid, homeDirectory, provider } = props;
    claimName(this, { kind: "local user", name, provider });
    this.provider = provider;
    this.#user = new LocalUser(this, "Resource", {
      name,
      primaryGroup,
      uid: uid === undefined ? undefined : Tokenization.stringifyNumber(uid),
      homeDirectory,
      ...(provider !== undefined && { provider }),
    });
  }

  /**
   * A local user that exists on the cluster and is not managed here: only its memberships and access tokens can be.
   *
   * @throws {ConstructError} when no local user can have the name
   */
  static fromName(scope: Construct, id: string, name: string): IServiceAccount {
    const account = new ExistingServiceAccount(scope, id, name);
    checkName(account, name);
    return account;
  }

  /** Name of the local user, as a reference to it: what uses it comes after the user. */
  get name(): string {
    return this.#user.name;
  }

  /** The user's `authId`, as a reference that the engine resolves. */
  get identity(): IdentityReference {
    return { authId: this.#user.id };
  }
}

class ExistingServiceAccount extends ServiceAccountBase {
  readonly name: string;
  readonly provider = undefined;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    this.name = name;
  }

  get identity(): IdentityReference {
    return { domain: "LOCAL", name: this.name };
  }
}

function checkName(account: IServiceAccount, name: string): void {
  if (known(name) === undefined) return;
  const fault = userNameFault(name);
  if (fault === undefined) return;
  throw new ConstructError(account, { prop: "name", problem: fault, advice: `Write a name such as "svc-backup".` });
}

function checkPrimaryGroup(account: IServiceAccount, primaryGroup: string | undefined): void {
  const id = known(primaryGroup);
  if (id === undefined || /^(0|[1-9]\d{0,19})$/.test(id)) return;
  throw new ConstructError(account, {
    prop: "primaryGroup",
    problem: `"${id}" is no id of a local group.`,
    advice: `Give the digits of an id, such as "513" for Users, or leave it out.`,
  });
}

const largestPosixId = 4_294_967_295;

function checkUid(account: IServiceAccount, uid: number | undefined): void {
  const id = known(uid);
  if (id === undefined || (Number.isInteger(id) && id >= 0 && id <= largestPosixId)) return;
  throw new ConstructError(account, {
    prop: "uid",
    problem: `${id} is no NFS uid.`,
    advice: `Give a whole number from 0 to ${largestPosixId}, or leave it out.`,
  });
}

function checkHomeDirectory(account: IServiceAccount, homeDirectory: string | undefined): void {
  const path = known(homeDirectory);
  if (path === undefined || (path.startsWith("/") && !path.includes("\0"))) return;
  throw new ConstructError(account, {
    prop: "homeDirectory",
    problem: `"${path}" is no absolute path.`,
    advice: `Give a path that begins with "/", or leave it out.`,
  });
}

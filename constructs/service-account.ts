import { type IResolvable, type TerraformProvider, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { IdentityReference } from "../src/vocabulary/identity-text.ts";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { AccessToken } from "./access-token.ts";
import { checkAccountId, checkAccountName, checkPosixId } from "./account-checks.ts";
import { ConstructError } from "./construct-error.ts";
import { byId, byName, type ExistingById, type ExistingByName } from "./existing.ts";
import { DataQumuloLocalUser } from "./generated/data-qumulo-local-user.ts";
import { LocalUser } from "./generated/local-user.ts";
import type { ILocalGroup, IServiceAccount, IssueTokenProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
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
   * The user's primary group: a local group, or the id of one, such as `513` for `Users`.
   *
   * @default - a new user is in `Users`; an existing one stays where it is
   */
  readonly primaryGroup?: ILocalGroup | string | undefined;
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
   * Whether a change of the account may take its rights or its login from the account that runs the plan. Without
   * this, the plan refuses such a change. To remove it all the same, deploy with this first.
   *
   * @default false
   */
  readonly allowLockOut?: boolean | IResolvable | undefined;
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
   * Creates an access token for this account. An account has two at most, and a token that rotates needs both places.
   *
   * @param id - construct id; part of the token's address in state, so another id makes another token
   * @throws {ConstructError} when a prop is not acceptable, or the account has two access tokens already
   */
  issueToken(id: string, props: IssueTokenProps = {}): AccessToken {
    return new AccessToken(this, id, { ...props, account: this });
  }
}

const serviceAccountProps: KeysOf<ServiceAccountProps> = {
  name: true,
  primaryGroup: true,
  uid: true,
  homeDirectory: true,
  allowLockOut: true,
  provider: true,
};

/**
 * A service account: a local user for one program. Nobody knows its password (the provider sets a random one and
 * forgets it), so it is used through its access tokens, and may do what its roles allow.
 *
 * @example
 * const account = new ServiceAccount(this, "backup", { name: "svc-backup" });
 * role.grantTo(account);
 * account.issueToken("token", { expiresIn: Duration.days(90) }).output("backup_bearer_token");
 */
export class ServiceAccount extends ServiceAccountBase {
  /** The provider that reaches the account's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  /** The user's `authId`, as a reference that the engine resolves. */
  readonly identity: IdentityReference;
  readonly #user: LocalUser;

  /** @throws {ConstructError} when a prop is not acceptable, or another account or group of the stack has the name */
  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    refuseUnknownProps(this, props, serviceAccountProps);
    const { name, uid, homeDirectory, allowLockOut, provider } = props;
    const primaryGroup = typeof props.primaryGroup === "object" ? props.primaryGroup.groupId : props.primaryGroup;
    checkAccountName(this, name, "svc-backup");
    checkAccountId(this, "primaryGroup", primaryGroup);
    checkPosixId(this, "uid", uid);
    checkHomeDirectory(this, homeDirectory);
    claimName(this, { kind: "local user", name, provider });
    this.provider = provider;
    this.#user = new LocalUser(this, "Resource", {
      name,
      primaryGroup,
      uid: uid === undefined ? undefined : Tokenization.stringifyNumber(uid),
      homeDirectory,
      allowLockOut,
      ...(provider !== undefined && { provider }),
    });
    this.identity = { authId: this.#user.id };
  }

  /**
   * A local user that exists on the cluster and is not managed here: only its memberships and access tokens can be.
   *
   * @example
   * const account = ServiceAccount.fromName(this, "scheduler", "svc-scheduler");
   * @throws {ConstructError} when no local user can have the name
   */
  static fromName(scope: Construct, id: string, name: string | ExistingByName): IServiceAccount {
    const asked = byName(scope, name);
    const account = new NamedServiceAccount(scope, id, asked);
    checkAccountName(account, asked.name, "svc-backup");
    return account;
  }

  /**
   * A local user that exists on the cluster and is not managed here, by its id, which stays when the user is renamed.
   * A program that asks for its name makes the engine look the user up.
   *
   * @example
   * const account = ServiceAccount.fromId(this, "scheduler", "1004");
   * @throws {ConstructError} when the id is not one
   */
  static fromId(scope: Construct, id: string, accountId: string | ExistingById): IServiceAccount {
    const asked = byId(scope, accountId);
    const account = new NumberedServiceAccount(scope, id, asked);
    checkAccountId(account, "id", asked.id);
    return account;
  }

  /**
   * Takes over the local user that the cluster has, in place of creating one. It may stay in the program afterwards.
   *
   * @param nameOrId - the user's name or id
   */
  importFrom(nameOrId: string): void {
    this.#user.importFrom(nameOrId);
  }

  /** Name of the local user, as a reference to it: what uses it comes after the user. */
  get name(): string {
    return this.#user.name;
  }
}

class NamedServiceAccount extends ServiceAccountBase {
  readonly name: string;
  readonly provider: TerraformProvider | undefined;

  constructor(scope: Construct, id: string, { name, provider }: ExistingByName) {
    super(scope, id);
    this.name = name;
    this.provider = provider;
  }

  get identity(): IdentityReference {
    return { domain: "LOCAL", name: this.name };
  }
}

class NumberedServiceAccount extends ServiceAccountBase {
  readonly identity: IdentityReference;
  readonly provider: TerraformProvider | undefined;
  readonly #id: string;
  #user: DataQumuloLocalUser | undefined;

  constructor(scope: Construct, id: string, asked: ExistingById) {
    super(scope, id);
    this.#id = asked.id;
    this.identity = { authId: asked.id };
    this.provider = asked.provider;
  }

  get name(): string {
    this.#user ??= new DataQumuloLocalUser(this, "Lookup", {
      id: this.#id,
      ...(this.provider !== undefined && { provider: this.provider }),
    });
    return this.#user.name;
  }
}

function checkHomeDirectory(account: IServiceAccount, homeDirectory: string | undefined): void {
  const path = known(homeDirectory);
  if (path === undefined || (path.startsWith("/") && !path.includes("\0"))) return;
  throw new ConstructError(account, {
    prop: "homeDirectory",
    problem: `"${path}" is not an absolute path.`,
    advice: `Give a path that begins with "/", or leave it out.`,
  });
}

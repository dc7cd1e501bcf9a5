import type { TerraformOutput, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import type { AccessToken } from "./access-token.ts";
import { Duration } from "./duration.ts";
import type { Grant } from "./grant.ts";
import type { ILocalGroup, IRole, IssueTokenProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import type { Privilege } from "./privilege.ts";
import { Role } from "./role.ts";
import { ServiceAccount, type ServiceAccountProps } from "./service-account.ts";

/** For {@link ServiceIdentity}. */
export interface ServiceIdentityProps {
  /** Name of the local user, as for {@link ServiceAccountProps}. */
  readonly name: string;
  /** All that the program may do; ready sets are in `Privileges`. */
  readonly privileges: readonly Privilege[];
  /**
   * Name of the role that has these privileges, and no other member.
   *
   * @default - the name of the account, with `-` for white space
   */
  readonly roleName?: string | undefined;
  /**
   * What the role is for.
   *
   * @default - a sentence with the name of the account
   */
  readonly description?: string | undefined;
  /**
   * Further roles that the account gets.
   *
   * @default - none
   */
  readonly roles?: readonly IRole[] | undefined;
  /**
   * Groups that the account is a member of.
   *
   * @default - none besides its primary group
   */
  readonly groups?: readonly ILocalGroup[] | undefined;
  /**
   * More about the local user: its uid, home directory and primary group.
   *
   * @default - as for {@link ServiceAccountProps}
   */
  readonly account?: Omit<ServiceAccountProps, "name" | "provider"> | undefined;
  /**
   * How the access token is issued. What says nothing about its end keeps the default life.
   *
   * @default - a token that lives for 90 days and is rotated 14 days before its end
   */
  readonly token?: Omit<IssueTokenProps, "provider"> | undefined;
  /**
   * Name of the output with the bearer token, sensitive or encrypted, or `false` for none.
   *
   * @default - the construct's id with `_bearer_token` or `_encrypted_bearer_token`, and `_` for what an output's name
   * cannot hold
   */
  readonly output?: string | false | undefined;
  /**
   * The provider that reaches the cluster.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider | undefined;
}

const serviceIdentityProps: KeysOf<ServiceIdentityProps> = {
  name: true,
  privileges: true,
  roleName: true,
  description: true,
  roles: true,
  groups: true,
  account: true,
  token: true,
  output: true,
  provider: true,
};

/**
 * All that one program needs to use the cluster: a service account, a role with just its privileges, the membership, an
 * access token that rotates, and an output for the bearer token.
 *
 * @example
 * new ServiceIdentity(this, "monitoring", { name: "svc-monitoring", privileges: Privileges.readOnlyMonitoring() });
 */
export class ServiceIdentity extends Construct {
  /** The local user. */
  readonly account: ServiceAccount;
  /** The role that has just the privileges of this identity. */
  readonly role: Role;
  /** The account's membership in {@link ServiceIdentity.role}. */
  readonly grant: Grant;
  /** The access token, or the series of them. */
  readonly token: AccessToken;
  /** The output with the bearer token, sensitive or encrypted, unless there is none. */
  readonly output: TerraformOutput | undefined;

  /** @throws {ConstructError} when a prop is not acceptable, or the stack has an account, role or output of the name */
  constructor(scope: Construct, id: string, props: ServiceIdentityProps) {
    super(scope, id);
    refuseUnknownProps(this, props, serviceIdentityProps);
    const { name, privileges, provider } = props;
    this.account = new ServiceAccount(this, "Account", { ...props.account, name, provider });
    this.role = new Role(this, "Role", {
      name: props.roleName ?? name.replaceAll(/\s+/g, "-"),
      description: props.description ?? `Privileges of the service account ${name}`,
      privileges,
      provider,
    });
    this.grant = this.role.grantTo(this.account);
    for (const role of props.roles ?? []) role.grantTo(this.account);
    for (const group of props.groups ?? []) group.addMember(this.account);
    this.token = this.account.issueToken("Token", withDefaultLife(props.token ?? {}));
    this.output = props.output === false ? undefined : this.token.output(props.output ?? outputName(id, this.token));
  }

  /**
   * The secret text that the program sends, as a reference that the engine resolves; never the text itself.
   *
   * @throws {ConstructError} when the token has `encryptTo`
   */
  get bearerToken(): string {
    return this.token.bearerToken;
  }

  /**
   * The bearer token encrypted to the token's `encryptTo`, as a reference that the engine resolves. It is not secret.
   *
   * @throws {ConstructError} when the token has no `encryptTo`
   */
  get encryptedBearerToken(): string {
    return this.token.encryptedBearerToken;
  }
}

function withDefaultLife(token: IssueTokenProps): IssueTokenProps {
  const { expiresIn, expirationTime, neverExpires, rotateBeforeExpiry } = token;
  if (expiresIn !== undefined || expirationTime !== undefined || neverExpires === true) return token;
  return { ...token, expiresIn: Duration.days(90), rotateBeforeExpiry: rotateBeforeExpiry ?? Duration.days(14) };
}

function outputName(id: string, { isEncrypted }: AccessToken): string {
  const name = id.replaceAll(/[^\w-]/g, "_").replace(/^[\d-]/, "_$&");
  return isEncrypted ? `${name}_encrypted_bearer_token` : `${name}_bearer_token`;
}

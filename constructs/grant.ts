import { Construct } from "constructs";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { RoleMember, type RoleMemberConfig } from "./generated/role-member.ts";
import type { IGrant, IGrantee, IRole, MembershipProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { providerOfBoth, rememberMembership } from "./memberships.ts";

/** For {@link Grant}. */
export interface GrantProps extends MembershipProps {
  /** The role to give. */
  readonly role: IRole;
  /** Who gets the privileges of the role: an account, or a group for all its members. */
  readonly grantee: IGrantee;
}

const grantProps: KeysOf<GrantProps> = {
  role: true,
  grantee: true,
  allowLockOut: true,
};

/**
 * One account's or group's membership in one role. Usually made by `role.grantTo(account)`; made by itself, it lives in
 * a scope and under an id of the program's choice.
 */
export class Grant extends Construct implements IGrant {
  readonly role: IRole;
  readonly grantee: IGrantee;
  readonly #resource: RoleMember;

  /** @throws {ConstructError} when role and grantee are reached through different providers */
  constructor(scope: Construct, id: string, props: GrantProps) {
    super(scope, id);
    refuseUnknownProps(this, props, grantProps);
    const { role, grantee, allowLockOut } = props;
    this.role = role;
    this.grantee = grantee;
    const provider = providerOfBoth(this, { owner: role, member: grantee, prop: "grantee" });
    this.#resource = new RoleMember(this, "Resource", {
      roleName: role.name,
      ...memberIdentity(grantee),
      allowLockOut,
      ...(provider !== undefined && { provider }),
    });
    rememberMembership(grantee, { resource: this.#resource, group: undefined });
  }

  /**
   * Takes over the membership that the cluster has. Without it a deploy finds the member in the role and leaves it at
   * that, and a plan shows the membership as one to create. It may stay in the program afterwards.
   *
   * @param id - the role's name and the member's `auth_id`, joined by a colon: `Observers:1004`
   */
  importFrom(id: string): void {
    this.#resource.importFrom(id);
  }
}

function memberIdentity({ identity }: IGrantee): Pick<RoleMemberConfig, "authId" | "name" | "domain"> {
  const { authId, name, domain } = identity;
  return authId === undefined ? { name, domain } : { authId };
}

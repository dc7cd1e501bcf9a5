import { Construct } from "constructs";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { ConstructError } from "./construct-error.ts";
import { DataQumuloLocalUser } from "./generated/data-qumulo-local-user.ts";
import { LocalGroupMember } from "./generated/local-group-member.ts";
import type { IGroupMembership, ILocalGroup, IServiceAccount, MembershipProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { providerOfBoth, rememberMembership } from "./memberships.ts";

/** For {@link GroupMembership}. */
export interface GroupMembershipProps extends MembershipProps {
  /** The group that gets a member. */
  readonly group: ILocalGroup;
  /** The member. */
  readonly account: IServiceAccount;
}

const groupMembershipProps: KeysOf<GroupMembershipProps> = {
  group: true,
  account: true,
  allowLockOut: true,
};

/**
 * One account's membership in one local group. Usually made by `group.addMember(account)`; made by itself, it lives in a
 * scope and under an id of the program's choice.
 */
export class GroupMembership extends Construct implements IGroupMembership {
  readonly group: ILocalGroup;
  readonly account: IServiceAccount;
  readonly #resource: LocalGroupMember;

  /** @throws {ConstructError} when the account is not a local user, or is reached through another provider than the group */
  constructor(scope: Construct, id: string, props: GroupMembershipProps) {
    super(scope, id);
    refuseUnknownProps(this, props, groupMembershipProps);
    const { group, account, allowLockOut } = props;
    this.group = group;
    this.account = account;
    const provider = providerOfBoth(this, { owner: group, member: account, prop: "account" });
    const through = provider !== undefined && { provider };
    const memberId =
      account.identity.authId ?? new DataQumuloLocalUser(this, "Lookup", { ...userOf(this), ...through }).id;
    this.#resource = new LocalGroupMember(this, "Resource", {
      groupId: group.groupId,
      memberId,
      allowLockOut,
      ...through,
    });
    rememberMembership(account, { resource: this.#resource, group });
  }

  /**
   * Takes over the membership that the cluster has. Without it a deploy finds the member in the group and leaves it at
   * that, and a plan shows the membership as one to create. It may stay in the program afterwards.
   *
   * @param id - the ids or names of group and member, joined by a colon: `1007:1004`
   */
  importFrom(id: string): void {
    this.#resource.importFrom(id);
  }
}

/** How to look an account without an id up: by its name, if it is local. */
function userOf(membership: GroupMembership): { readonly name: string } {
  const { name, domain } = membership.account.identity;
  if (name !== undefined && (domain === undefined || domain === "LOCAL")) return { name };
  throw new ConstructError(membership, {
    prop: "account",
    problem: `${membership.account.node.path} is not a local user.`,
    advice: "A local group has local users as members. Grant the role to the account itself.",
  });
}

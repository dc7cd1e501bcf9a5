import { Construct } from "constructs";
import { ConstructError } from "./construct-error.ts";
import { DataQumuloLocalUser } from "./generated/data-qumulo-local-user.ts";
import { LocalGroupMember } from "./generated/local-group-member.ts";
import type { ILocalGroup, IServiceAccount } from "./interfaces.ts";
import { providerOfBoth, rememberMembership } from "./memberships.ts";

/** For {@link GroupMembership}. */
export interface GroupMembershipProps {
  /** The group that gets a member. */
  readonly group: ILocalGroup;
  /** The member. */
  readonly account: IServiceAccount;
}

/**
 * One account's membership in one local group. Usually made by `group.addMember(account)`; made by itself, it lives in a
 * scope and under an id of the program's choice.
 */
export class GroupMembership extends Construct {
  /** The group that has the member. */
  readonly group: ILocalGroup;
  /** The member. */
  readonly account: IServiceAccount;

  /** @throws {ConstructError} when the account is no local user, or is reached through another provider than the group */
  constructor(scope: Construct, id: string, { group, account }: GroupMembershipProps) {
    super(scope, id);
    this.group = group;
    this.account = account;
    const provider = providerOfBoth(this, { owner: group, member: account, prop: "account" });
    const through = provider !== undefined && { provider };
    const memberId =
      account.identity.authId ?? new DataQumuloLocalUser(this, "Lookup", { ...userOf(this), ...through }).id;
    const resource = new LocalGroupMember(this, "Resource", { groupId: group.groupId, memberId, ...through });
    rememberMembership(account, { resource, group });
  }
}

/** How to look an account without an id up: by its name, if it is local. */
function userOf(membership: GroupMembership): { readonly name: string } {
  const { name, domain } = membership.account.identity;
  if (name !== undefined && (domain === undefined || domain === "LOCAL")) return { name };
  throw new ConstructError(membership, {
    prop: "account",
    problem: `${membership.account.node.path} is no local user.`,
    advice: "A local group has local users as members. Grant the role to the account itself.",
  });
}

import { createHash } from "node:crypto";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ConstructError } from "./construct-error.ts";
import { RoleMember, type RoleMemberConfig } from "./generated/role-member.ts";
import type { IGrant, IRole, IServiceAccount } from "./interfaces.ts";

/** For {@link Grant}. */
export interface GrantProps {
  readonly role: IRole;
  readonly account: IServiceAccount;
}

const membershipsOf = new WeakMap<IServiceAccount, RoleMember[]>();

/**
 * One account's membership in one role. Usually made by `role.grantTo(account)`; made by itself, it lives in a scope
 * and under an id of the program's choice.
 */
export class Grant extends Construct implements IGrant {
  readonly role: IRole;
  readonly account: IServiceAccount;

  /** @throws {ConstructError} when role and account are reached through different providers */
  constructor(scope: Construct, id: string, { role, account }: GrantProps) {
    super(scope, id);
    this.role = role;
    this.account = account;
    const provider = role.provider ?? account.provider;
    if (account.provider !== undefined && account.provider !== provider) {
      throw new ConstructError(this, {
        prop: "account",
        problem: `${account.node.path} and ${role.node.path} are reached through different providers.`,
        advice: "Give both the provider of the cluster where the membership is to be.",
      });
    }
    const membership = new RoleMember(this, "Resource", {
      roleName: role.name,
      ...memberIdentity(account),
      ...(provider !== undefined && { provider }),
    });
    membershipsOf.set(account, [...(membershipsOf.get(account) ?? []), membership]);
  }
}

/**
 * An id for the membership of an account, among those of one role. It comes from the account's place in its stack, so
 * it does not depend on names of variables, on the order of statements, or on the stack's own name.
 */
export function grantId(role: IRole, account: IServiceAccount): string {
  const stack = TerraformStack.of(account);
  const withinStack = account.node.path.slice(stack.node.path.length);
  const place = stack === TerraformStack.of(role) ? withinStack : account.node.path;
  return `${account.node.id}-${createHash("sha256").update(place).digest("hex").slice(0, 8)}`;
}

/** The account's memberships that stand in the same stack, those of later grants included once the program has ended. */
export function membershipsBeside(account: IServiceAccount, stack: TerraformStack): readonly RoleMember[] {
  return (membershipsOf.get(account) ?? []).filter((membership) => TerraformStack.of(membership) === stack);
}

function memberIdentity({ identity }: IServiceAccount): Pick<RoleMemberConfig, "authId" | "name" | "domain"> {
  const { authId, name, domain } = identity;
  return authId === undefined ? { name, domain } : { authId };
}

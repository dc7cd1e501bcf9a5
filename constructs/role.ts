import {
  Annotations,
  Fn,
  type IResolvable,
  type IResolveContext,
  Lazy,
  ref,
  type TerraformProvider,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { nearestName } from "../src/vocabulary/nearest-name.ts";
import { isMisspelledPrivilege, isPrivilegeForm, suggestPrivilege } from "../src/vocabulary/privilege-spelling.ts";
import { isPrivilegeName, privilegeNames } from "../src/vocabulary/privileges.ts";
import { type BuiltInRoleName, builtInRoles, isBuiltInRole, isRoleName } from "../src/vocabulary/role-name.ts";
import { ConstructError } from "./construct-error.ts";
import { byName, type ExistingByName } from "./existing.ts";
import { Role as RoleResource } from "./generated/role.ts";
import { Grant } from "./grant.ts";
import type { IGrantee, IRole, MembershipProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { known } from "./known.ts";
import { membershipId } from "./memberships.ts";
import type { Privilege } from "./privilege.ts";
import { isExpression, textsIn } from "./resolved.ts";
import { claimName } from "./unique-name.ts";

/** For {@link Role}. */
export interface RoleProps {
  /** Name of the role, without white space. Names compare without regard to case. Another name makes another role. */
  readonly name: string;
  /**
   * What the role is for.
   *
   * @default - the role has no description
   */
  readonly description?: string | undefined;
  /**
   * What the members may do: constants such as `Privilege.QUOTA_READ`, ready sets such as `Privileges.quotas()`, or
   * plain names. The order does not matter.
   *
   * @default - the role has only what {@link Role.addPrivileges} adds
   */
  readonly privileges?: readonly Privilege[] | undefined;
  /**
   * Whether a change of the role may take its rights or its login from the account that runs the plan. Without
   * this, the plan refuses such a change. To remove it all the same, deploy with this first.
   *
   * @default false
   */
  readonly allowLockOut?: boolean | IResolvable | undefined;
  /**
   * The provider that reaches the role's cluster.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider | undefined;
}

/** A role that comes with every cluster, on a cluster that another provider than the stack's own reaches. */
export interface ExistingBuiltInRole extends ExistingByName {
  /** The name of the role. */
  readonly name: BuiltInRoleName;
}

abstract class RoleBase extends Construct implements IRole {
  abstract readonly name: string;
  abstract readonly provider: TerraformProvider | undefined;

  /**
   * Gives an account, or all members of a group, the privileges of this role. Other members of the role are left alone;
   * granting twice is granting once, as the first said it.
   *
   * @throws {ConstructError} when role and grantee are reached through different providers
   */
  grantTo(grantee: IGrantee, props: MembershipProps = {}): Grant {
    const id = membershipId(this, grantee);
    const present = this.node.tryFindChild(id);
    return present instanceof Grant ? present : new Grant(this, id, { ...props, role: this, grantee });
  }
}

const roleProps: KeysOf<RoleProps> = {
  name: true,
  description: true,
  privileges: true,
  allowLockOut: true,
  provider: true,
};

/**
 * A role: a named set of privileges. Members are added with {@link Role.grantTo}.
 *
 * @example
 * const role = new Role(this, "reader", {
 *   name: "backup-reader",
 *   privileges: [Privilege.QUOTA_READ, Privilege.SNAPSHOT_READ],
 * });
 * role.grantTo(account);
 */
export class Role extends RoleBase {
  /** The provider that reaches the role's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  readonly #resource: RoleResource;
  readonly #privileges = new Set<string>();
  /** Lists that are not there yet: those that the program finishes later, and those that the engine evaluates. */
  readonly #privilegeLists: unknown[] = [];

  /** @throws {ConstructError} when a prop is not acceptable, or another role of the stack has the name */
  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    refuseUnknownProps(this, props, roleProps);
    checkName(this, props.name);
    if (isBuiltInRole(props.name)) refuseBuiltIn(this, props.name);
    const { name, description, allowLockOut, provider } = props;
    claimName(this, { kind: "role", name, provider });
    this.provider = provider;
    this.#add(props.privileges ?? []);
    this.#resource = new RoleResource(this, "Resource", {
      name,
      description,
      privileges: this.#renderPrivileges(),
      allowLockOut,
      ...(provider !== undefined && { provider }),
    });
  }

  /**
   * A role that exists on the cluster and is not managed here: only its members can be.
   *
   * @throws {ConstructError} when no role can have the name
   */
  static fromName(scope: Construct, id: string, name: string | ExistingByName): IRole {
    const role = new ExistingRole(scope, id, byName(scope, name));
    checkName(role, role.name);
    return role;
  }

  /**
   * A role that comes with every cluster. Its privileges cannot change, only its members.
   *
   * @throws {ConstructError} when there is no built-in role of this name
   */
  static builtIn(scope: Construct, id: string, name: BuiltInRoleName | ExistingBuiltInRole): IRole {
    const role = new ExistingRole(scope, id, byName(scope, name));
    if (!isBuiltInRole(role.name)) refuseNoBuiltIn(role, role.name);
    return role;
  }

  /** Name of the role, as a reference to it: what uses it comes after the role. */
  get name(): string {
    return this.#resource.name;
  }

  /** The privileges so far, sorted; those of an unresolved list are not among them. A copy. */
  get privileges(): readonly string[] {
    return [...this.#privileges].sort();
  }

  /**
   * Takes over the role that the cluster has, in place of creating one. It may stay in the program afterwards.
   *
   * @param name - the role's name
   */
  importFrom(name: string): void {
    this.#resource.importFrom(name);
  }

  /**
   * Adds privileges; those that the role has already make no difference.
   *
   * @throws {ConstructError} when a name is misspelled
   */
  addPrivileges(...privileges: readonly Privilege[]): void {
    this.#add(privileges);
    this.#resource.privileges = this.#renderPrivileges();
  }

  #add(privileges: readonly string[]): void {
    // Functions such as Fn.concat give a token that is not a list to look at.
    if (!Array.isArray(privileges) && Token.isUnresolved(privileges)) {
      this.#privilegeLists.push(privileges);
      return;
    }
    for (const privilege of privileges) {
      // CDKTF encodes a whole list that the engine resolves as one member, next to which nothing may stand.
      if (Token.isUnresolved([privilege])) {
        this.#privilegeLists.push([privilege]);
      } else {
        checkPrivilege(this, privilege);
        this.#privileges.add(privilege);
      }
    }
  }

  #renderPrivileges(): string[] {
    const names = [...this.privileges];
    if (this.#privilegeLists.length === 0) return names;
    return Token.asList(Lazy.anyValue({ produce: (context) => this.#producePrivileges(context) }));
  }

  /** What a program has finished by now is there as names; the engine puts together the rest. */
  #producePrivileges(context: IResolveContext): unknown {
    const lists: readonly unknown[] = this.#privilegeLists.map((list): unknown => context.resolve(list));
    const texts = lists.flatMap(textsIn);
    const finished = texts.filter((text) => !isExpression(text));
    for (const privilege of finished) checkPrivilege(this, privilege);
    const names = [...new Set([...this.#privileges, ...finished])].sort();
    const expressions = texts.filter(isExpression).map((text) => ref(bareExpression(text), TerraformStack.of(this)));
    return expressions.length === 0 ? names : Fn.flatten([names, ...expressions]);
  }
}

/** A synthesized text such as `${var.names}` as a part of another expression. */
function bareExpression(text: string): string {
  let depth = 0;
  let ends = 0;
  for (const character of text.match(/[{}]/g) ?? []) {
    depth += character === "{" ? 1 : -1;
    if (depth === 0) ends += 1;
  }
  const isWhole = text.startsWith("${") && ends === 1 && text.endsWith("}");
  return isWhole ? text.slice(2, -1) : `"${text}"`;
}

class ExistingRole extends RoleBase {
  readonly name: string;
  readonly provider: TerraformProvider | undefined;

  constructor(scope: Construct, id: string, { name, provider }: ExistingByName) {
    super(scope, id);
    this.name = name;
    this.provider = provider;
  }
}

function checkName(role: IRole, name: string): void {
  if (known(name) === undefined || isRoleName(name)) return;
  throw new ConstructError(role, {
    prop: "name",
    problem: name === "" ? "The name is empty." : `"${name}" contains white space, which role names cannot have.`,
    advice: `Write a name such as "backup-operator".`,
  });
}

function refuseBuiltIn(role: IRole, name: string): never {
  throw new ConstructError(role, {
    prop: "name",
    problem: `${name} comes with the cluster, and its privileges cannot change.`,
    advice: `Choose another name, or use Role.builtIn(scope, id, "${name}") to grant the built-in role.`,
  });
}

function refuseNoBuiltIn(role: IRole, name: string): never {
  const meant = nearestName(name, builtInRoles);
  throw new ConstructError(role, {
    prop: "name",
    problem: `"${name}" is not a built-in role; these are ${builtInRoles.join(", ")}.`,
    advice:
      meant === undefined
        ? "Use Role.fromName for other roles that exist on the cluster."
        : `Did you mean "${meant}"? Use Role.fromName for other roles that exist on the cluster.`,
  });
}

function checkPrivilege(role: Role, privilege: string): void {
  if (known(privilege) === undefined || isPrivilegeName(privilege)) return;
  if (!isPrivilegeForm(privilege)) refusePrivilege(role, privilege);
  const meant = isMisspelledPrivilege(privilege) ? suggestPrivilege(privilege, privilegeNames) : undefined;
  Annotations.of(role).addWarning(
    `${privilege} is not among the privileges known here. ${meant === undefined ? "" : `Did you mean "${meant}"? `}A newer cluster may know it; others will refuse the plan.`,
  );
}

function refusePrivilege(role: Role, privilege: string): never {
  const meant = suggestPrivilege(privilege, privilegeNames);
  throw new ConstructError(role, {
    prop: "privileges",
    problem: `"${privilege}" is not a privilege.`,
    advice:
      meant === undefined
        ? `Privileges look like PRIVILEGE_QUOTA_READ; GET /v1/auth/privileges/ of the cluster lists them.`
        : `Did you mean "${meant}"?`,
  });
}

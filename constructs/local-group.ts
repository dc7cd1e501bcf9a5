import { type IResolvable, type TerraformProvider, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { IdentityReference } from "../src/vocabulary/identity-text.ts";
import type { KeysOf } from "../src/vocabulary/known-keys.ts";
import { type BuiltInGroupName, builtInGroups, isBuiltInGroup } from "../src/vocabulary/local-groups.ts";
import { checkAccountId, checkAccountName, checkPosixId } from "./account-checks.ts";
import { ConstructError } from "./construct-error.ts";
import { byId, byName, type ExistingById, type ExistingByName } from "./existing.ts";
import { DataQumuloLocalGroup } from "./generated/data-qumulo-local-group.ts";
import { LocalGroup as LocalGroupResource } from "./generated/local-group.ts";
import { GroupMembership } from "./group-membership.ts";
import type { ILocalGroup, IServiceAccount, MembershipProps } from "./interfaces.ts";
import { refuseUnknownProps } from "./known-props.ts";
import { membershipId } from "./memberships.ts";
import { claimName } from "./unique-name.ts";

/** For {@link LocalGroup}. */
export interface LocalGroupProps {
  /**
   * Name of the group: 1 to 256 characters, none that Windows forbids in account names. Users and groups share one set
   * of names, without regard to case. Another name renames the group.
   */
  readonly name: string;
  /**
   * NFS gid of the group, from 0 to 4294967295.
   *
   * @default - the group has none
   */
  readonly gid?: number | undefined;
  /**
   * Accounts that are members from the start.
   *
   * @default - the group has only the members that {@link LocalGroup.addMember} adds
   */
  readonly members?: readonly IServiceAccount[] | undefined;
  /**
   * Whether a change of the group may take its rights or its login from the account that runs the plan. Without
   * this, the plan refuses such a change. To remove it all the same, deploy with this first.
   *
   * @default false
   */
  readonly allowLockOut?: boolean | IResolvable | undefined;
  /**
   * The provider that reaches the group's cluster.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider | undefined;
}

abstract class LocalGroupBase extends Construct implements ILocalGroup {
  abstract readonly name: string;
  abstract readonly groupId: string;
  abstract readonly identity: IdentityReference;
  abstract readonly provider: TerraformProvider | undefined;

  /**
   * Makes an account a member of this group. Other members of the group are left alone; adding twice is adding once, as
   * the first said it.
   *
   * @throws {ConstructError} when the account is not a local user, or is reached through another provider
   */
  addMember(account: IServiceAccount, props: MembershipProps = {}): GroupMembership {
    const id = membershipId(this, account);
    const present = this.node.tryFindChild(id);
    return present instanceof GroupMembership
      ? present
      : new GroupMembership(this, id, { ...props, group: this, account });
  }
}

const localGroupProps: KeysOf<LocalGroupProps> = {
  name: true,
  gid: true,
  members: true,
  allowLockOut: true,
  provider: true,
};

/**
 * A group of local users. A role that is granted to it gives all members the privileges of the role.
 *
 * @example
 * const team = new LocalGroup(this, "backup-team", { name: "backup-team", members: [nightly, weekly] });
 * role.grantTo(team);
 */
export class LocalGroup extends LocalGroupBase {
  /** The provider that reaches the group's cluster; `undefined` for the stack's own. */
  readonly provider: TerraformProvider | undefined;
  readonly #group: LocalGroupResource;

  /** @throws {ConstructError} when a prop is not acceptable, or another account or group of the stack has the name */
  constructor(scope: Construct, id: string, props: LocalGroupProps) {
    super(scope, id);
    refuseUnknownProps(this, props, localGroupProps);
    const { name, gid, members, allowLockOut, provider } = props;
    checkAccountName(this, name, "backup-team");
    checkPosixId(this, "gid", gid);
    claimName(this, { kind: "local group", name, provider });
    this.provider = provider;
    this.#group = new LocalGroupResource(this, "Resource", {
      name,
      gid: gid === undefined ? undefined : Tokenization.stringifyNumber(gid),
      allowLockOut,
      ...(provider !== undefined && { provider }),
    });
    for (const member of members ?? []) this.addMember(member);
  }

  /**
   * A local group that exists on the cluster and is not managed here: only its members and roles can be. To add
   * members, the engine looks its id up.
   *
   * @throws {ConstructError} when no local group can have the name
   */
  static fromName(scope: Construct, id: string, name: string | ExistingByName): ILocalGroup {
    const asked = byName(scope, name);
    const group = new ExistingLocalGroup(scope, id, asked);
    checkAccountName(group, asked.name, "backup-team");
    return group;
  }

  /**
   * A local group that exists on the cluster and is not managed here, by its id, which stays when the group is renamed.
   * A program that asks for its name makes the engine look the group up.
   *
   * @throws {ConstructError} when the id is not one
   */
  static fromId(scope: Construct, id: string, groupId: string | ExistingById): ILocalGroup {
    const asked = byId(scope, groupId);
    const group = new ExistingLocalGroup(scope, id, asked);
    checkAccountId(group, "id", asked.id);
    return group;
  }

  /**
   * A local group that comes with every cluster.
   *
   * @throws {ConstructError} when there is no built-in group of this name
   */
  static builtIn(scope: Construct, id: string, name: BuiltInGroupName): ILocalGroup {
    const group = new ExistingLocalGroup(scope, id, { name, id: builtInGroups[name] });
    if (!isBuiltInGroup(name)) {
      throw new ConstructError(group, {
        prop: "name",
        problem: `"${String(name)}" is not a built-in group; these are ${Object.keys(builtInGroups).join(", ")}.`,
        advice: "Use LocalGroup.fromName for other groups that exist on the cluster.",
      });
    }
    return group;
  }

  /**
   * Takes over the local group that the cluster has, in place of creating one. It may stay in the program afterwards.
   *
   * @param nameOrId - the group's name or id
   */
  importFrom(nameOrId: string): void {
    this.#group.importFrom(nameOrId);
  }

  /** Name of the group, as a reference to it: what uses it comes after the group. */
  get name(): string {
    return this.#group.name;
  }

  /** Id of the group, as a reference that the engine resolves. */
  get groupId(): string {
    return this.#group.id;
  }

  /** The group's `authId`, as a reference that the engine resolves. */
  get identity(): IdentityReference {
    return { authId: this.#group.id };
  }
}

type Existing = Partial<ExistingByName & ExistingById>;

/** A group of which the name is known, the id, or both. The engine looks up what is asked for and not known. */
class ExistingLocalGroup extends LocalGroupBase {
  readonly provider: TerraformProvider | undefined;
  readonly #known: Existing;
  #group: DataQumuloLocalGroup | undefined;

  constructor(scope: Construct, id: string, known: Existing) {
    super(scope, id);
    this.#known = known;
    this.provider = known.provider;
  }

  get name(): string {
    return this.#known.name ?? this.#lookUp().name;
  }

  get groupId(): string {
    return this.#known.id ?? this.#lookUp().id;
  }

  get identity(): IdentityReference {
    return this.#known.id === undefined ? { domain: "LOCAL", name: this.name } : { authId: this.#known.id };
  }

  #lookUp(): DataQumuloLocalGroup {
    const { id, name } = this.#known;
    this.#group ??= new DataQumuloLocalGroup(this, "Lookup", {
      ...(id === undefined ? { name } : { id }),
      ...(this.provider !== undefined && { provider: this.provider }),
    });
    return this.#group;
  }
}

import { isPowerful } from "../../access/administrators.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { type Found, IdentityIndex } from "../identity/identity-index.ts";
import type { NamedIdentity } from "../identity/same-identity.ts";

/**
 * The rights that one run gives, as far as it has planned them, so that later plans of the same run can take them into account.
 *
 * Rights that the run takes away are not recorded here, because they exist until the apply.
 */
export class PlannedRights {
  readonly #privileges = new Map<string, readonly string[]>();
  readonly #rolesOf = new IdentityIndex<string>();
  readonly #groupsOf = new IdentityIndex<string | undefined>();
  /** Names of roles that somebody gets who is decided during apply, by the same names in lower case. */
  readonly #undecided = new Map<string, string>();
  /** Those of them that are not known to be harmless. */
  readonly #undecidedPower = new Map<string, string>();

  /** Records the privileges that a role is to have. */
  setPrivileges(roleName: string, privileges: readonly string[]): void {
    const key = roleName.toLowerCase();
    this.#privileges.set(key, privileges);
    const undecided = this.#undecided.get(key);
    if (undecided !== undefined) this.#judge(undecided);
  }

  /** Records that somebody is to be a member of a role; an identity that is decided during apply is `undefined`. */
  addRoleMember(roleName: string, member: IdentityReference | undefined): void {
    if (member !== undefined) {
      this.#rolesOf.add(member, roleName);
      return;
    }
    const key = roleName.toLowerCase();
    if (this.#undecided.has(key)) return;
    this.#undecided.set(key, roleName);
    this.#judge(roleName);
  }

  /** Records that somebody is to be in a local group; the group may be decided during apply, and so may who it is. */
  addGroupMember(groupId: string | undefined, member: IdentityReference | undefined): void {
    if (member !== undefined) this.#groupsOf.add(member, groupId);
  }

  /** The privileges that a role is to have; `undefined` when this run does not say. */
  findPrivileges(roleName: string): readonly string[] | undefined {
    return this.#privileges.get(roleName.toLowerCase());
  }

  /** The names of the roles that one of these is to be a member of, and by which of them. */
  rolesOf<I>(members: readonly I[], identityOf: (member: I) => NamedIdentity): readonly Found<string, I>[] {
    return this.#rolesOf.find(members, identityOf);
  }

  /** The names of roles that somebody gets who is decided during apply, without those that are known to be harmless. */
  get undecidedPower(): readonly string[] {
    return [...this.#undecidedPower.values()];
  }

  /** The ids of the local groups that somebody is to be in; `undefined` stands for those that are decided during apply. */
  groupsOf(member: NamedIdentity): readonly (string | undefined)[] {
    return this.#groupsOf.find([member], (one) => one).map(({ value }) => value);
  }

  #judge(roleName: string): void {
    const key = roleName.toLowerCase();
    const privileges = this.#privileges.get(key);
    const isHarmless = privileges !== undefined && !isPowerful({ name: roleName, privileges });
    if (isHarmless) this.#undecidedPower.delete(key);
    else this.#undecidedPower.set(key, roleName);
  }
}

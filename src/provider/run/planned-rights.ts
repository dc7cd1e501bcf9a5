import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { isSameIdentity, type NamedIdentity } from "../identity/same-identity.ts";

/** A membership that a plan gives; an identity that is decided during apply is `undefined`. */
export interface PlannedMembership<Place> {
  readonly place: Place;
  readonly member: IdentityReference | undefined;
}

/**
 * The rights that one run gives, as far as it has planned them: what an engine plans later may count on them.
 *
 * What the run takes away is not told: until then it is there.
 */
export class PlannedRights {
  readonly #privileges = new Map<string, readonly string[]>();
  readonly #roleMembers: PlannedMembership<string>[] = [];
  readonly #groupMembers: PlannedMembership<string | undefined>[] = [];

  /** Records the privileges that a role is to have. */
  setPrivileges(roleName: string, privileges: readonly string[]): void {
    this.#privileges.set(roleName.toLowerCase(), privileges);
  }

  /** Records that somebody is to be a member of a role. */
  addRoleMember(roleName: string, member: IdentityReference | undefined): void {
    this.#roleMembers.push({ place: roleName, member });
  }

  /** Records that somebody is to be in a local group; the group may be decided during apply as well. */
  addGroupMember(groupId: string | undefined, member: IdentityReference | undefined): void {
    this.#groupMembers.push({ place: groupId, member });
  }

  /** The privileges that a role is to have; `undefined` when this run does not say. */
  findPrivileges(roleName: string): readonly string[] | undefined {
    return this.#privileges.get(roleName.toLowerCase());
  }

  /** Who is to be a member of which role, by its name. */
  get roleMembers(): readonly PlannedMembership<string>[] {
    return [...this.#roleMembers];
  }

  /** The ids of the local groups that somebody is to be in; `undefined` stands for those that are decided during apply. */
  groupsOf(member: NamedIdentity): readonly (string | undefined)[] {
    return this.#groupMembers.flatMap((planned) =>
      planned.member !== undefined && isSameIdentity(planned.member, member) ? [planned.place] : [],
    );
  }
}

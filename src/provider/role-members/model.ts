import type { Identity } from "../../client/identities.ts";
import type { StateModel } from "../../framework/model.ts";
import { type IdentityReference, parseIdentityText, renderIdentityText } from "../../vocabulary/identity-text.ts";
import { isSameMemberName, isSameSid } from "../identity/same-identity.ts";
import type { RoleMembersSchema } from "./schema.ts";

/** All members of a role as state holds them. */
export type RoleMembersModel = StateModel<RoleMembersSchema>;

/**
 * The members of a role as the practitioner names them, each with the auth_id that the cluster found for it.
 *
 * A name can be used again for somebody else, an auth_id cannot: what was found once is kept until it is read again.
 */
export type NamedMembers = ReadonlyMap<string, string>;

/** Names all members that the cluster lists: by the previous texts where these fit, and otherwise by a generated text. */
export function nameMembers(
  listed: readonly Identity[],
  texts: readonly string[],
  remembered: NamedMembers,
): NamedMembers {
  const listedIds = new Set(listed.map(({ authId }) => authId));
  const kept = texts.flatMap((text) => {
    const authId = remembered.get(text) ?? listed.find((member) => isMeant(text, member))?.authId;
    return authId === undefined || !listedIds.has(authId) ? [] : [[text, authId] as const];
  });
  return withOthers(listed, kept);
}

/** Adds the members that no text names, each with a generated text. */
export function withOthers(listed: readonly Identity[], named: Iterable<readonly [string, string]>): NamedMembers {
  const kept = new Map(named);
  const covered = new Set(kept.values());
  const others = listed
    .filter((member) => !covered.has(member.authId))
    .map((member) => [textOf(member), member.authId] as const);
  return new Map([...kept, ...others]);
}

/** The identity that a text names. Texts that name none are refused while validating. */
export function referenceOf(text: string): IdentityReference {
  const parsed = parseIdentityText(text);
  return parsed.kind === "identity" ? parsed.identity : {};
}

/** A text that names exactly this member. */
export function textOf({ domain, authId, name }: Identity): string {
  const named = domain === undefined || name === undefined ? { authId } : { domain, name, authId };
  return renderIdentityText(named) ?? `auth_id:${authId}`;
}

/** Whether a text can mean a member, as far as that can be told without the cluster. */
export function isMeant(text: string, member: Identity): boolean {
  const { sid, name, ...others } = referenceOf(text);
  const isSame = Object.entries(others).every(([field, value]) => Reflect.get(member, field) === value);
  return isSame && fits(sid, member.sid, isSameSid) && fits(name, member.name, isSameMemberName);
}

function fits(
  asked: string | undefined,
  found: string | undefined,
  isSame: (left: string, right: string) => boolean,
): boolean {
  return asked === undefined || (found !== undefined && isSame(asked, found));
}

/** Writes the members of a role into state. */
export function toModel(
  { role_name, allow_lock_out }: Pick<RoleMembersModel, "role_name" | "allow_lock_out">,
  members: NamedMembers,
): RoleMembersModel {
  const auth_ids = Object.fromEntries([...members].toSorted());
  return { id: role_name, role_name, members: [...members.keys()], auth_ids, allow_lock_out };
}

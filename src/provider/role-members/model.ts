import type { Identity } from "../../client/identities.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { PrivateState } from "../../framework/resource.ts";
import { type IdentityReference, parseIdentityText, renderIdentityText } from "../../vocabulary/identity-text.ts";
import { isSameMemberName, isSameSid } from "../role-member/rules.ts";

/**
 * The members of a role as the practitioner names them, each with the auth_id that the cluster found for it.
 *
 * A name can be used again for somebody else, an auth_id cannot: what was found once is kept.
 */
export type NamedMembers = ReadonlyMap<string, string>;

/** The members as they were found last, from the memory beside the state; texts that were never found are missing. */
export function rememberedMembers(privateState: PrivateState): NamedMembers {
  const { members } = privateState.get();
  const entries = typeof members === "object" && members !== null ? Object.entries(members) : [];
  return new Map(entries.flatMap(([text, authId]) => (typeof authId === "string" ? [[text, authId] as const] : [])));
}

/** Keeps the members for the next operation. They are no secret. */
export function rememberMembers(privateState: PrivateState, members: NamedMembers): void {
  const value: JsonObject = { members: Object.fromEntries([...members].toSorted()) };
  if (JSON.stringify(privateState.get()) !== JSON.stringify(value)) privateState.set(value);
}

/** Names everybody whom the cluster lists: by the texts of before where they still fit, otherwise by a text of our own. */
export function nameMembers(
  listed: readonly Identity[],
  texts: readonly string[],
  remembered: NamedMembers,
): NamedMembers {
  const kept = texts.flatMap((text) => {
    const authId = remembered.get(text);
    const identity = listed.find((member) =>
      authId === undefined ? isMeant(text, member) : member.authId === authId && isNamedStill(text, member),
    );
    return identity === undefined ? [] : [[text, identity.authId] as const];
  });
  const covered = new Set(kept.map(([, authId]) => authId));
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

/** Whether who was meant by name is still there: somebody else may get the name of a user who was deleted. */
function isNamedStill(text: string, member: Identity): boolean {
  return member.name !== undefined || referenceOf(text).name === undefined;
}

/** Whether a text can mean a member, as far as that can be told without the cluster. */
function isMeant(text: string, member: Identity): boolean {
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

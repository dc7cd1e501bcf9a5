import type { Identity } from "../../client/identities.ts";
import { isJsonObject, type Json, type JsonObject } from "../../framework/json.ts";
import type { StateModel } from "../../framework/model.ts";
import type { PrivateState } from "../../framework/resource.ts";
import { type IdentityReference, parseIdentityText, renderIdentityText } from "../../vocabulary/identity-text.ts";
import { type ChangedMeaning, decodeMeaning, encodeMeaning } from "../identity/meaning-now.ts";
import { isSameMemberName, isSameSid } from "../identity/same-identity.ts";
import type { RoleMembersSchema } from "./schema.ts";

type RoleMembersModel = StateModel<RoleMembersSchema>;

/**
 * The members of a role as the practitioner names them, each with the auth_id that the cluster found for it.
 *
 * A name can be used again for somebody else, an auth_id cannot: what was found once is kept until it is read again.
 */
export type NamedMembers = ReadonlyMap<string, string>;

/** What the provider remembers of the members of a role beside its state. */
export interface MembersMemory {
  /** The members as they were found last; texts that were never found are missing. */
  readonly members: NamedMembers;
  /** Texts that named a member and do not any more, or perhaps not, with whom they meant and mean. */
  readonly strays: ReadonlyMap<string, StrayText>;
}

/** A text that does not mean its member any more, or perhaps not. */
export interface StrayText {
  /** The auth_id of the member. */
  readonly heldId: string;
  /** Whom the text means now. */
  readonly meaning: ChangedMeaning;
}

/** What is remembered now. */
export function recallMembers(privateState: PrivateState): MembersMemory {
  const { members, strays } = privateState.get();
  return {
    members: readTexts(members, (json) => (typeof json === "string" ? json : undefined)),
    strays: readTexts(strays, readStray),
  };
}

/** Keeps the members for the next operation. They are not secret. */
export function rememberMembers(
  privateState: PrivateState,
  members: NamedMembers,
  strays: MembersMemory["strays"] = new Map(),
): void {
  const told = [...strays].map(
    ([text, { heldId, meaning }]) => [text, { held: heldId, means: encodeMeaning(meaning) }] as const,
  );
  const value: JsonObject = {
    members: Object.fromEntries([...members].toSorted()),
    ...(told.length > 0 && { strays: Object.fromEntries(told.toSorted()) }),
  };
  if (JSON.stringify(privateState.get()) !== JSON.stringify(value)) privateState.set(value);
}

function readTexts<T>(json: Json | undefined, read: (json: Json) => T | undefined): ReadonlyMap<string, T> {
  const entries = isJsonObject(json) ? Object.entries(json) : [];
  return new Map(
    entries.flatMap(([text, entry]) => {
      const found = read(entry);
      return found === undefined ? [] : [[text, found] as const];
    }),
  );
}

function readStray(json: Json): StrayText | undefined {
  if (!isJsonObject(json)) return undefined;
  const { held: heldId, means } = json;
  const meaning = decodeMeaning(means);
  return typeof heldId === "string" && meaning !== undefined ? { heldId, meaning } : undefined;
}

/** Names everybody whom the cluster lists: by the texts of before where they fit, otherwise by a text of our own. */
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

/** Adds those whom no text names, each by a text of our own. */
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

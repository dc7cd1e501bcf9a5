import { isJsonObject, type Json, type JsonObject } from "../../framework/json.ts";
import type { PrivateState } from "../../framework/resource.ts";
import { type ChangedMeaning, decodeMeaning, encodeMeaning } from "../identity/meaning-now.ts";
import type { NamedMembers } from "./model.ts";

/** What the provider remembers of the members of a role in addition to its state. */
export interface MembersMemory {
  /** The members as they were found last; texts that were never found are missing. */
  readonly members: NamedMembers;
  /** Texts that named a member and do not any more, or perhaps not, with whom they meant and mean. */
  readonly strays: ReadonlyMap<string, StrayText>;
}

/** A text that no longer means its member, or perhaps not. */
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

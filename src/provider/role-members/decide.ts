import type { PrivateState } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { findPlannedName } from "../identity/meaning.ts";
import type { Stray } from "../identity/stray.ts";
import { referenceOf } from "./model.ts";
import { type MembersMemory, recallMembers } from "./private-state.ts";

/** The account that a text will mean, as far as the plan can decide that. */
export interface DecidedText {
  readonly text: string;
  /** The auth_id; `undefined` if it is found out during the apply. */
  readonly authId: string | undefined;
  /** Whether a plan shows the auth_id. It does not if a plan that is made before the account's own plan could not know it. */
  readonly isShown: boolean;
  /** What is to be said of a text that no longer means its member, and who that is. */
  readonly stray: Pick<Stray, "heldId" | "meaning"> | undefined;
}

/** Whose names are decided, and what is known of them. */
export interface DecisionReach {
  readonly client: Pick<Connection, "memory"> | undefined;
  readonly privateState: PrivateState;
}

/**
 * Decides which account each text will mean, from what was found while reading, and from what this run does to names. The
 * cluster is not asked, so that planning again during the apply gives the same result.
 */
export function decideTexts({ client, privateState }: DecisionReach, texts: readonly string[]): readonly DecidedText[] {
  const memory = recallMembers(privateState);
  return texts.map((text) => decideByRun(client, memory, text) ?? decideByMemory(memory, text));
}

function decideByRun(
  client: DecisionReach["client"],
  { members }: MembersMemory,
  text: string,
): DecidedText | undefined {
  const planned = client && findPlannedName(client, referenceOf(text));
  const heldId = members.get(text);
  switch (planned?.kind) {
    case undefined:
      return undefined;
    case "made":
      return { text, authId: undefined, isShown: false, stray: undefined };
    case "given":
      return { text, authId: planned.authId, isShown: planned.authId === heldId, stray: undefined };
    case "taken":
      return {
        text,
        authId: undefined,
        isShown: false,
        stray: heldId === undefined ? undefined : { heldId, meaning: planned },
      };
  }
}

function decideByMemory({ members, strays }: MembersMemory, text: string): DecidedText {
  const stray = strays.get(text);
  const meantId = stray?.meaning.kind === "other" ? stray.meaning.authId : undefined;
  const authId = referenceOf(text).authId ?? meantId ?? members.get(text);
  return { text, authId, isShown: authId !== undefined, stray };
}

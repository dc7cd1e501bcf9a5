import type { DiagnosticText } from "../../framework/diagnostics.ts";
import type { RunMemory } from "../connection.ts";
import type { ChangedMeaning } from "./meaning-now.ts";
import { meaningPrivileges } from "./meaning.ts";

/** A member of a role whose written name no longer means it, or may no longer mean it. */
export interface Stray {
  readonly roleName: string;
  /** What the practitioner wrote, as the subject of a sentence: `name is "svc"`, which … */
  readonly written: string;
  /** The auth_id of the member; `undefined` where it is not remembered. */
  readonly heldId: string | undefined;
  /** What the name means now; `taken` when this run takes the name away from its account and gives it to no other. */
  readonly meaning: ChangedMeaning | { readonly kind: "taken" };
}

/**
 * Warns about a stray: which account the name meant, which one it means now, and what applying the plan does about it.
 *
 * @returns `undefined` when this run has already given the same warning, or there is nothing to warn about
 */
export function strayWarning(stray: Stray, memory: RunMemory | undefined): DiagnosticText | undefined {
  const { roleName, written, meaning } = stray;
  const before = stray.heldId === undefined ? "the member" : `auth_id ${stray.heldId}`;
  const keep = stray.heldId === undefined ? "the auth_id of the member" : `auth_id ${stray.heldId}`;
  const summary = `A name in role ${roleName} no longer means its member`;
  switch (meaning.kind) {
    case "other":
      return {
        summary,
        detail: `${written}, which meant ${before} and means auth_id ${meaning.authId} now: an account was deleted and created again, or renamed. Applying this gives role ${roleName} to auth_id ${meaning.authId} and takes it from ${before}. To leave it with ${before}, name the member by its auth_id instead.`,
      };
    case "nobody":
      return { summary, detail: `${written}, which meant ${before}, and nobody has that name now. ${howToGoOn(keep)}` };
    case "taken":
      return {
        summary,
        detail: `${written}, which means ${before}, and this run takes that name from it and gives it to nobody. ${howToGoOn(keep)}`,
      };
    case "hidden":
      return {
        summary,
        detail: `${written}, which meant ${before} and no longer does. Who it means now was not checked: the provider's own account needs ${meaningPrivileges} to look that up. Applying this gives role ${roleName} to whoever the cluster finds by that name, and takes it from ${before} if that is another.`,
      };
    case "unchecked":
      return uncheckedWarning(stray, memory);
  }
}

function howToGoOn(keep: string): string {
  return `Applying this fails, and changes nothing, until an account has the name. Correct the name, create the account, or name the member by ${keep} to keep the present one.`;
}

function uncheckedWarning({ roleName, written }: Stray, memory: RunMemory | undefined): DiagnosticText | undefined {
  if (memory?.notices.isNews("names are not checked") === false) return undefined;
  return {
    summary: "Names of role members are not checked",
    detail: `One of them is in role ${roleName}: ${written}. The provider's own account needs ${meaningPrivileges} to see whether an account of that name was deleted and created again, or renamed. Without them such a change goes unnoticed.`,
  };
}

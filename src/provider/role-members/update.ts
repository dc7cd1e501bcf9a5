import type { Identity } from "../../client/identities.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { UpdateContext } from "../../framework/resource.ts";
import { listed as renderListed } from "../../vocabulary/listed.ts";
import type { Connection } from "../connection.ts";
import { isNamedBy } from "../identity/meaning-now.ts";
import { canChangeMeaning, findMeaning, type Meaning } from "../identity/meaning.ts";
import { listMembers, setMembers } from "./create.ts";
import { type DecidedText, decideTexts } from "./decide.ts";
import { inTurn } from "./delete.ts";
import { nameMembers, type NamedMembers, referenceOf, type RoleMembersModel, textOf } from "./model.ts";
import { recallMembers } from "./private-state.ts";
import type { RoleMembersSchema } from "./schema.ts";

type Update = UpdateContext<RoleMembersSchema, Connection>;

/**
 * Gives a role to new members, and takes it from those that are no longer listed, unless somebody has changed the members since
 * the plan.
 */
export async function updateRoleMembers(context: Update): Promise<RoleMembersModel> {
  const { planned, prior, privateState } = context;
  const { members: remembered } = recallMembers(privateState);
  const decided = decideTexts(context, planned.members);
  const isSameText = prior.members.toSorted().join("\n") === planned.members.toSorted().join("\n");
  if (isSameText && decided.every(({ text, authId }) => authId !== undefined && remembered.get(text) === authId)) {
    return { ...prior, members: planned.members, allow_lock_out: planned.allow_lock_out };
  }
  return inTurn(context, planned.role_name, async () => {
    const listed = await listMembers(context);
    refuseUnplanned(context, { listed, before: nameMembers(listed, prior.members, remembered), decided });
    await refuseOthers(context, { listed, decided });
    return setMembers(context, listed);
  });
}

/** The cluster at the moment of an update, and what is to become of it. */
interface Moment {
  readonly listed: readonly Identity[];
  readonly decided: readonly DecidedText[];
}

/** Refuses to undo what somebody did after the plan: members whom the plan did not know, or who left meanwhile. */
function refuseUnplanned(
  { planned, prior }: Update,
  { listed, before, decided }: Moment & { readonly before: NamedMembers },
): void {
  const texts = [...prior.members, ...planned.members];
  const wantedIds = decided.flatMap(({ authId }) => authId ?? []);
  const knownIds = new Set([
    ...wantedIds,
    ...texts.flatMap((text) => before.get(text) ?? referenceOf(text).authId ?? []),
  ]);
  const added = listed.filter((member) => !knownIds.has(member.authId)).map((member) => `${textOf(member)} was added`);
  const staying = decided.filter(({ text, authId }) => prior.members.includes(text) && authId !== undefined);
  const left = staying.filter(({ text }) => !before.has(text)).map(({ text }) => `${text} was removed`);
  const changes = [...added, ...left];
  if (changes.length === 0) return;
  const what = renderListed(changes, { separator: "; " });
  throw new DiagnosticError({
    summary: `Members of role ${planned.role_name} have changed since the plan was made`,
    detail: `Somebody changed them on the cluster: ${what}. Nothing was overwritten. Run a plan again, and apply it if it is still what you want.`,
    attribute: ["members"],
  });
}

/** Refuses the update if a name now means another account than the plan has shown. */
async function refuseOthers(context: Update, { listed, decided }: Moment): Promise<void> {
  const { planned, prior } = context;
  const shown = knownOrUndefined(planned.auth_ids) ?? {};
  for (const { text, authId } of decided) {
    if (authId === undefined || shown[text] !== authId || prior.members.includes(text)) continue;
    const meaning = await findOther(context, { text, authId }, listed);
    if (meaning === undefined) continue;
    const now = meaning.kind === "somebody" ? `auth_id ${meaning.identity.authId}` : "nobody that this account can see";
    throw new DiagnosticError({
      summary: "A name means a different account than in the plan",
      detail: `members holds "${text}", which meant auth_id ${authId} when the plan was made, and now means ${now}. Nothing was changed. Run a plan again, and apply it if it is still what you want.`,
      attribute: ["members"],
    });
  }
}

/** @returns nothing where a text means whom it is to mean */
async function findOther(
  { client, signal }: Update,
  { text, authId }: { readonly text: string; readonly authId: string },
  listed: readonly Identity[],
): Promise<Meaning | undefined> {
  const reference = referenceOf(text);
  const isMade = client.memory.localUsers.findCreated({ authId }) !== undefined;
  const isNamed = listed.some((member) => member.authId === authId && isNamedBy(reference, member));
  if (isMade || isNamed || !canChangeMeaning(reference)) return undefined;
  const meaning = await findMeaning(client.writes.until(signal), reference);
  return meaning.kind === "somebody" && meaning.identity.authId === authId ? undefined : meaning;
}

import { type ReadAccess, readAccess } from "../../audit/questions/read-access.ts";
import { whoCan } from "../../audit/questions/who-can.ts";
import { nearestNames } from "../../vocabulary/nearest-name.ts";
import { isPrivilegeName, privilegeNames } from "../../vocabulary/privileges.ts";
import { partlyUnknown, type SourceFlags } from "../access-source/flags.ts";
import { renderPage } from "../access-source/page.ts";
import { readingOf, readSource } from "../access-source/source.ts";
import { type CommandContext, CommandError, CommandOutcome, wrongUsage } from "../command-error.ts";
import { deliverReport } from "../report-output.ts";
import { renderWhoCanJson } from "./render-json.ts";
import { renderWhoCan, type WhoCanAnswer } from "./render.ts";

/** What is asked, and where. */
export interface WhoCanQuestion {
  readonly privilege: string;
  /** `undefined` for a cluster. */
  readonly file: string | undefined;
}

/**
 * Runs the command `who-can`.
 *
 * @throws {CommandOutcome} with status 3 when a part of the answer is not known
 * @throws {CommandError} with status 2 when something cannot be read, or there is no such privilege
 */
export async function runWhoCan(question: WhoCanQuestion, flags: SourceFlags, context: CommandContext): Promise<void> {
  const asked = normalized(question.privilege);
  const source = await readSource(question.file, flags, context);
  // What follows may work for long without a pause.
  context.releaseStop?.();
  const { kind, clusters } = readingOf(source, () => readAccess(source.document, source.facts));
  const privilege = knownPrivilege(asked, clusters, question.privilege);
  const answer = { privilege, source, kind, answers: clusters.map((access) => whoCan(access, privilege)) };
  await deliverReport(renderAnswer(answer, flags, context), flags, context);
  if (clusters.length === 0 || answer.answers.some(({ unknown }) => unknown.length > 0)) {
    throw new CommandOutcome(partlyUnknown);
  }
}

function renderAnswer(answer: WhoCanAnswer, flags: SourceFlags, context: CommandContext): string {
  const { privilege, source } = answer;
  if (flags.format === "json") return renderWhoCanJson(answer);
  if (flags.format === "text") return renderWhoCan(answer, flags, context);
  return renderPage(source, { title: `Who can ${privilege}`, filter: privilege.slice(prefix.length) }, context);
}

const prefix = "PRIVILEGE_";

/** A privilege as the API spells it. The prefix that all have may be left out, and case does not count. */
function normalized(text: string): string {
  const name = text.trim().toUpperCase().replaceAll("-", "_");
  return name.startsWith(prefix) ? name : `${prefix}${name}`;
}

const mostNear = 3;

/**
 * Checks a privilege's name. A newer cluster may have privileges that this version does not know, so a name that a role has is
 * accepted too.
 */
function knownPrivilege(name: string, clusters: ReadAccess["clusters"], asked: string): string {
  if (isPrivilegeName(name)) return name;
  const roles = clusters.flatMap(({ before, after }) => [...before.roles.values(), ...after.roles.values()]);
  const others = new Set(roles.flatMap(({ privileges }) => [...privileges]));
  if (others.has(name)) return name;
  const known = new Map([...privilegeNames, ...others].map((full) => [full.slice(prefix.length), full]));
  const bare = name.slice(prefix.length);
  const parts = [...known.keys()].filter((other) => bare !== "" && other.includes(bare));
  const near = [...new Set([...nearestNames(bare, known.keys(), mostNear), ...parts])].slice(0, mostNear);
  const advice =
    near.length === 0 ? "It takes a name such as PRIVILEGE_ROLE_WRITE." : `Did you mean ${listOr(near, known)}?`;
  throw new CommandError(`${JSON.stringify(asked)} is not a privilege. ${advice}`, { exitCode: wrongUsage });
}

function listOr(near: readonly string[], known: ReadonlyMap<string, string>): string {
  return near.map((name) => known.get(name) ?? name).join(" or ");
}

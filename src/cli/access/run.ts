import { type AccessAnswer, accessOf } from "../../audit/questions/access-of.ts";
import { findIdentity, type FoundIdentity } from "../../audit/questions/find-identity.ts";
import { type ReadAccess, readAccess } from "../../audit/questions/read-access.ts";
import { identityForms, parseIdentityText } from "../../vocabulary/identity-text.ts";
import { listed } from "../../vocabulary/listed.ts";
import { partlyUnknown, type SourceFlags } from "../access-source/flags.ts";
import { renderPage } from "../access-source/page.ts";
import { titleOf } from "../access-source/render.ts";
import { type AccessSource, readingOf, readSource } from "../access-source/source.ts";
import { type CommandContext, CommandError, CommandOutcome, wrongUsage } from "../command-error.ts";
import { deliverReport } from "../report-output.ts";
import { renderAccessJson } from "./render-json.ts";
import { type AccessFound, renderAccess } from "./render.ts";

/** Whose access is asked for, and where. */
export interface AccessQuestion {
  readonly identity: string;
  /** `undefined` for a cluster. */
  readonly file: string | undefined;
}

/**
 * Runs the command `access`.
 *
 * @throws {CommandOutcome} with status 3 when a part of the answer is not known
 * @throws {CommandError} with status 1 when nobody has that name, or several; with 2 when something cannot be read
 */
export async function runAccess(question: AccessQuestion, flags: SourceFlags, context: CommandContext): Promise<void> {
  const parsed = parseIdentityText(question.identity);
  if (parsed.kind === "invalid") {
    throw new CommandError(
      `${JSON.stringify(question.identity)} is not an identity: ${parsed.reason} Give ${identityForms}.`,
      { exitCode: wrongUsage },
    );
  }
  const source = await readSource(question.file, flags, context);
  // What follows may work for long without a pause.
  context.releaseStop?.();
  const { kind, clusters } = readingOf(source, () => readAccess(source.document, source.facts));
  const found = { source, kind, answers: answersIn(clusters, question.identity, source) };
  await deliverReport(renderFound(found, flags, context), flags, context);
  if (found.answers.some(({ unknown }) => unknown.length > 0)) throw new CommandOutcome(partlyUnknown);
}

function renderFound(found: AccessFound, flags: SourceFlags, context: CommandContext): string {
  if (flags.format === "json") return renderAccessJson(found);
  if (flags.format === "text") return renderAccess(found, flags, context);
  const { identity } = found.answers[0] ?? { identity: "" };
  return renderPage(found.source, { title: identity, filter: identity }, context);
}

function answersIn(clusters: ReadAccess["clusters"], asked: string, source: AccessSource): readonly AccessAnswer[] {
  const found = clusters.map((access) => ({ access, identity: findIdentity(access, asked) }));
  const several = found.flatMap(({ identity }) => (identity.kind === "several" ? [identity.labels] : []))[0];
  if (several !== undefined) {
    throw new CommandError(`${JSON.stringify(asked)} may mean ${listed(several)}. Give one of these.`);
  }
  const answers = found.flatMap(({ access, identity }) =>
    identity.kind === "found" ? [accessOf(access, identity)] : [],
  );
  if (answers.length > 0) return answers;
  throw new CommandError(
    `Nobody is known as ${JSON.stringify(asked)} ${titleOf(source)}. ${adviceOf(found.map(({ identity }) => identity))}`,
  );
}

function adviceOf(found: readonly FoundIdentity[]): string {
  const near = new Set(found.flatMap((one) => (one.kind === "missing" ? one.near : [])));
  if (near.size > 0) return `Did you mean ${[...near].join(" or ")}?`;
  return `Give ${identityForms}. A directory user may have access through a group of the directory, without being named here.`;
}

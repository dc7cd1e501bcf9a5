import { compareTexts, type Model, type RoleEntry } from "./model.ts";
import type { GroupParty } from "./parties.ts";
import { type CodeFile, type Discovered, type Format, headLines, remarksIn } from "./render.ts";
import {
  groupGrantStatements,
  groupStatement,
  outsiderStatements,
  type Outline,
  roleStatement,
  type Statement,
  userStatements,
} from "./statements.ts";
import { importLine } from "./typescript-text.ts";
import { variablesOf } from "./variables.ts";

const files = ["main.ts", "cdktf.json"] as const;

/**
 * Writes what was discovered as a CDKTF program, formatted as prettier leaves it without settings, and the `cdktf.json`
 * that runs it.
 */
export const cdktfFormat: Format = formatOn({ library: "cdktf", constructs: "cdktf-qumulo" });

/** The same program for CDK Terrain, the successor of CDKTF, under its own name. */
export const cdktnFormat: Format = formatOn({ library: "cdktn", constructs: "cdktf-qumulo/cdktn" });

/** What a program imports its classes from, and the constructs. */
interface Imports {
  readonly library: string;
  readonly constructs: string;
}

function formatOn(imports: Imports): Format {
  return { files, render: (discovered) => render(discovered, imports) };
}

function render(discovered: Discovered, { library, constructs }: Imports): readonly CodeFile[] {
  const statements = statementsOf(discovered);
  const uses = new Set(["QumuloProvider", ...statements.flatMap((statement) => statement.uses)]);
  const text = [
    ...headLines(discovered).map((line) => `// ${line}\n`),
    `import { App, TerraformStack } from "${library}";\nimport type { Construct } from "constructs";\n`,
    importLine([...uses].toSorted(compareTexts), constructs),
    classHead,
    statements.map(renderStatement).join(""),
    classEnd,
  ].join("");
  const [main, project] = files;
  return [
    { name: main, text },
    { name: project, text: `${JSON.stringify({ language: "typescript", app: "npx tsx main.ts" }, null, 2)}\n` },
  ];
}

const classHead = `
class QumuloAccess extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new QumuloProvider(this, "qumulo"); // all of it from the QUMULO_* environment
`;

const classEnd = `  }
}

const app = new App();
new QumuloAccess(app, "qumulo-access");
app.synth();
`;

function statementsOf(discovered: Discovered): readonly Statement[] {
  const { model } = discovered;
  const [roles, groups] = [rolesOf(model), groupsOf(model)];
  const outline = outlineOf(discovered, roles, groups);
  const owned = new Set(model.sections.map((section) => outline.findIdentity(section)?.grant.role));
  return [
    ...roles.filter((role) => !owned.has(role)).map((role) => roleStatement(role, outline)),
    ...groups.map((group) => groupStatement(group, outline)),
    ...model.sections.flatMap((section) => {
      const { party } = section;
      if (party.kind === "group") return groupGrantStatements(section, outline);
      return party.kind === "user"
        ? userStatements({ ...section, party }, outline)
        : outsiderStatements({ ...section, party }, outline);
    }),
  ];
}

/** All roles in the program: those that it creates, and those that it only refers to. */
function rolesOf(model: Model): readonly RoleEntry[] {
  const granted = model.sections.flatMap(({ grants }) => grants.map(({ role }) => role));
  return [...new Set([...model.roles, ...granted])].toSorted((left, right) => compareTexts(left.label, right.label));
}

function groupsOf({ sections }: Model): readonly GroupParty[] {
  const groups = sections.flatMap(({ party, memberships }) => [
    ...(party.kind === "group" ? [party] : []),
    ...(party.kind === "user" && party.isManaged && party.primaryGroup !== undefined ? [party.primaryGroup] : []),
    ...memberships.map(({ group }) => group),
  ]);
  return [...new Set(groups)].toSorted((left, right) => compareTexts(left.label, right.label));
}

function outlineOf(
  { model, remarks }: Discovered,
  roles: readonly RoleEntry[],
  groups: readonly GroupParty[],
): Outline {
  const users = model.sections.flatMap(({ party }) => (party.kind === "user" ? [party] : []));
  return {
    variables: variablesOf(roles, [...groups, ...users]),
    remarksAt: remarksIn(remarks),
    findIdentity({ party, grants, tokens }) {
      const own = grants.filter(({ role }) => role.isManaged && role.role.members?.length === 1);
      const [grant, token] = [own[0], tokens[0]];
      const isWhole = party.kind === "user" && party.isManaged && own.length === 1 && tokens.length === 1;
      return isWhole && grant !== undefined && token !== undefined ? { grant, token } : undefined;
    },
  };
}

function renderStatement({ comment = [], text }: Statement): string {
  // What needs no comment belongs to the statement before.
  const lines = comment.map((line) => `    // ${line}\n`).join("");
  return lines === "" ? text : `\n${lines}${text}`;
}

import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { givenFolder, onOpenTofu } from "../support/engines/given-workspace.ts";
import { givenPostgres } from "../support/engines/given-postgres.ts";
import { follow, givenReader, type PageReader } from "../support/pages/page-reader.ts";
import { readBlocks } from "../support/pages/pages.ts";
import { runScript, type ScriptResult } from "../support/pages/shells.ts";
import { eventually } from "../support/processes/processes.ts";
import { requiredProviders } from "../support/engines/workspace-files.ts";

const page = "docs/guides/remote-state-postgresql.md";

const account = `${requiredProviders([])}
resource "qumulo_local_user" "svc" {
  name     = "svc"
  password = "Example-Passw0rd"
}

resource "qumulo_access_token" "svc" {
  user       = "auth_id:\${qumulo_local_user.svc.id}"
  expires_in = "90d"
}
`;

const role = (name: string) => `
resource "qumulo_role" "${name}" {
  name       = "${name}"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
`;

/** The scripts of the page that deploy while somebody else does, and what the page shows of the first one. */
async function readDeploys(): Promise<{ readonly refused: string; readonly waiting: string; readonly shown: string }> {
  const blocks = (await readBlocks(page)).filter(({ heading }) => heading === "Two deploys at once");
  const [refused = "", waiting = ""] = blocks.filter(({ language }) => language === "sh").map(({ code }) => code);
  const shown = blocks.find(({ language }) => language === "text")?.code.trim() ?? "";
  return { refused, waiting, shown };
}

/** Files in which a secret stands. */
async function filesWith(folder: string, secret: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const held = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
  const texts = await Promise.all(held.map(async (name) => ({ name, text: await readFile(name, "latin1") })));
  return texts.filter(({ text }) => text.includes(secret)).map(({ name }) => name);
}

onOpenTofu((engine) => {
  test("of two deploys at once on one state in PostgreSQL the late one is refused or waits, and nothing is lost", async () => {
    const postgres = await givenPostgres();
    const workspace = await givenFolder(engine, "");
    const { admin, simulator } = workspace.cluster;
    const password = "Deployer-Passw0rd";
    const input = () => `${password}\n${password}\n`;
    const asAdministrator = { ...postgres.env, PATH: `${postgres.programs}:/usr/bin:/bin` };
    // Where the database is they tell their shell as the page says.
    const reader = await givenReader(workspace, { input, shell: "zsh" });
    const second = beside(reader, path.join(workspace.folder, "second"), {
      ...postgres.env,
      PGUSER: "deployer",
      PGPASSWORD: password,
      PGDATABASE: "engine_state",
    });
    const { refused, waiting, shown } = await readDeploys();
    const late: { refused?: ScriptResult; waiting?: Promise<ScriptResult> } = {};
    // The one state that both have: the second deploy begins while the first one has it, and waits.
    const meanwhile = async () => {
      late.refused = await second.run(refused);
      late.waiting = second.run(`${waiting.trim()} > late.log 2>&1`);
      await eventually(async () => (await logOf(second)).includes("Acquiring state lock"), "the late deploy waits");
    };
    await writeFile(path.join(reader.folder, "main.tf"), account);
    await mkdir(second.folder);
    await reader.run("tofu init && tofu apply");

    await follow({ ...reader, run: async (script) => runOfPage(script, { reader, asAdministrator, input }) }, page, {
      instead: { "database.example.com": postgres.env["PGHOST"] ?? "", "verify-full": "disable" },
      before: {
        "Two deploys at once": async () => {
          await writeFile(path.join(reader.folder, "roles.tf"), role("first"));
          await cp(reader.folder, second.folder, { recursive: true, verbatimSymlinks: true });
          await writeFile(path.join(second.folder, "roles.tf"), role("first") + role("second"));
          simulator.failNext({ method: "POST", path: /roles/, with: { kind: "hold", meanwhile } });
          expect(await reader.run("tofu apply")).toMatchObject({ exitCode: 0 });
        },
      },
    });
    const waited = await late.waiting;
    const again = await second.run("tofu plan -detailed-exitcode");
    const listed = await second.run("tofu state list");
    const tokens = await admin.get("/v1/auth/access-tokens/");

    expect(late.refused?.exitCode).toBe(1);
    expect(late.refused?.out).toContain(shown);
    expect({ waited, log: await logOf(second) }).toMatchObject({ waited: { exitCode: 0 } });
    expect(await logOf(second)).toContain("1 added, 0 changed, 0 destroyed");
    expect(again).toMatchObject({ exitCode: 0 });
    expect(listed.out.trim().split("\n").toSorted()).toEqual([
      "qumulo_access_token.svc",
      "qumulo_local_user.svc",
      "qumulo_role.first",
      "qumulo_role.second",
    ]);
    expect(tokens.body).toMatchObject({ entries: [{ enabled: true }] });
    expect(await filesWith(workspace.folder, password)).toEqual([]);
  });
});

/** Another person, at a terminal of their own, who deploys from another folder. */
function beside({ env }: PageReader, folder: string, more: Readonly<Record<string, string>>): PageReader {
  const place = { cwd: folder, env: { ...env, ...more } };
  return { folder, env: place.env, run: async (script) => runScript(script, place) };
}

/** The database is made by its administrator; both deploys of the page happen while another one has the state. */
async function runOfPage(
  script: string,
  by: {
    readonly reader: PageReader;
    readonly asAdministrator: Readonly<Record<string, string>>;
    readonly input: () => string;
  },
): Promise<ScriptResult> {
  const { reader, asAdministrator: env, input } = by;
  if (script.includes("createdb")) return runScript(script, { cwd: reader.folder, env, input: input() });
  const { refused, waiting, shown } = await readDeploys();
  if (script === refused) return { exitCode: 0, out: shown };
  return script === waiting ? { exitCode: 0, out: "" } : reader.run(script);
}

async function logOf({ folder }: PageReader): Promise<string> {
  return readFile(path.join(folder, "late.log"), "utf8").catch(() => "");
}

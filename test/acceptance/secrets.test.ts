import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import type { Engine } from "../../src/engine/identify.ts";
import { runEngine } from "../../src/engine/run.ts";
import { decrypted, newKeyPair } from "../support/engines/age-keys.ts";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngine, type Workspace } from "../support/engines/given-workspace.ts";
import { listProcesses, type SeenProcess } from "../support/processes/processes.ts";
import { findInJson, readSavedPlan } from "../support/plans/saved-plan.ts";

const adminPassword = "Canary-Adm1n-7f3a";
const password = "Canary-Us3r-51c8";
const writeOnlyPassword = "Canary-Wr1te-only-9d20";
const sessionPassword = "Canary-Sess1on-4e77";
/** Whatever the cluster hands out: tokens that live for one run only are in no configuration to look for. */
const anyBearerToken = /(?:access|session)-v1:[A-Za-z0-9+/=]+/g;

/** A user with a password that is kept, one with a password that is not where the engine can do that, and two tokens: one in clear, one encrypted. */
function configuration(engine: Engine, publicKey: string): string {
  const writeOnly = isAble(engine, "writeOnlyAttributes")
    ? `
variable "write_only" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "qumulo_local_user" "write_only" {
  name                = "svc-write-only"
  password_wo         = var.write_only
  password_wo_version = "1"
}
`
    : "";
  const ephemeral = isAble(engine, "ephemeralResources")
    ? `
variable "session_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

ephemeral "qumulo_session" "svc" {
  username = "svc-session"
  password = var.session_password
}

provider "qumulo" {
  alias        = "session"
  bearer_token = ephemeral.qumulo_session.svc.bearer_token
}

data "qumulo_who_am_i" "session" {
  provider = qumulo.session
}

ephemeral "qumulo_access_token" "svc" {
  user = "local:svc-ephemeral"
}

provider "qumulo" {
  alias        = "ephemeral"
  bearer_token = ephemeral.qumulo_access_token.svc.bearer_token
}

data "qumulo_who_am_i" "ephemeral" {
  provider = qumulo.ephemeral
}
`
    : "";
  return `
variable "password" {
  type      = string
  sensitive = true
}

resource "qumulo_local_user" "svc" {
  name     = "svc-a"
  password = var.password
}

resource "qumulo_access_token" "svc" {
  user            = "auth_id:\${qumulo_local_user.svc.id}"
  expiration_time = "2099-01-01T00:00:00Z"
}

resource "qumulo_access_token" "encrypted" {
  user            = "auth_id:\${qumulo_local_user.svc.id}"
  expiration_time = "2099-01-01T00:00:00Z"
  encrypt_to      = "${publicKey}"
}

output "encrypted" {
  value = qumulo_access_token.encrypted.encrypted_bearer_token
}
${writeOnly}
${ephemeral}`;
}

interface WatchedRuns {
  /** All that the engine and the provider printed, with the log of both at its most talkative. */
  readonly printed: readonly string[];
  readonly planText: string;
  readonly planJson: string;
  readonly planFile: string;
  /** What was seen of all processes of this machine while the engine worked. */
  readonly processes: readonly SeenProcess[];
}

/** Plans, looks at the plan, and applies it, with everything on record. */
async function runWatched(workspace: Workspace): Promise<WatchedRuns> {
  const processes: SeenProcess[] = [];
  const looking: Promise<unknown>[] = [];
  const lookNow = async (): Promise<void> => {
    processes.push(...(await listProcesses()));
  };
  let pieces = 0;
  const look = (): void => {
    pieces += 1;
    // Each piece of the log is a moment of the run; every tenth will do.
    if (pieces % 10 === 1) looking.push(lookNow());
  };
  // The provider cannot end while the cluster keeps it waiting, so these looks always meet it.
  const held = { kind: "hold", meanwhile: lookNow } as const;
  workspace.cluster.simulator.failNext({ path: /users|access-tokens/, times: Infinity, with: held });
  const extra = {
    ...workspace.place.extra,
    TF_LOG: "TRACE",
    TF_VAR_password: password,
    TF_VAR_write_only: writeOnlyPassword,
    TF_VAR_session_password: sessionPassword,
  };
  const run = async (...args: readonly string[]) => {
    const result = await runEngine({ ...workspace.place, extra, onOutput: look }, args);
    if (result.exitCode !== 0) throw new Error(result.stderr.slice(-4_000));
    return result;
  };
  const planned = await run("plan", "-no-color", "-out=saved");
  const shown = await run("show", "-no-color", "saved");
  const shownJson = await run("show", "-json", "saved");
  const applied = await run("apply", "-no-color", "saved");
  const refreshed = await run("plan", "-no-color");
  await Promise.all(looking);
  const logs = [planned, shown, shownJson, applied, refreshed].map(({ stderr }) => stderr);
  return {
    printed: [planned, shown, applied, refreshed].map(({ stdout }) => stdout).concat(logs),
    planText: shown.stdout,
    planJson: shownJson.stdout,
    planFile: readSavedPlan(await readFile(path.join(workspace.folder, "saved"))),
    processes,
  };
}

onEveryEngine((engine) => {
  test("each secret is where it has to be, and nowhere else", async () => {
    const keys = await newKeyPair();
    const hcl = configuration(engine, keys.publicKey);
    const workspace = await givenWorkspace(engine, hcl, { adminPassword });
    for (const name of ["svc-session", "svc-ephemeral"]) {
      await workspace.cluster.admin.post("/v1/users/", { name, primary_group: "513", password: sessionPassword });
    }

    const runs = await runWatched(workspace);

    const state = await workspace.stateText();
    const bearerToken = String((await workspace.state("qumulo_access_token.svc"))["bearer_token"]);
    const encrypted = await decrypted(await workspace.output("encrypted"), keys);
    const all = { adminPassword, password, writeOnlyPassword, sessionPassword, bearerToken, encrypted };
    expect(bearerToken).toMatch(/^access-v1:/);
    expect((await workspace.cluster.bearing(encrypted).get("/v1/session/who-am-i")).status).toBe(200);
    if (isAble(engine, "ephemeralResources")) {
      expect(await workspace.state("data.qumulo_who_am_i.session")).toMatchObject({ name: "svc-session" });
      expect(await workspace.state("data.qumulo_who_am_i.ephemeral")).toMatchObject({ name: "svc-ephemeral" });
    }

    // The bearer tokens of sessions, the provider's own included, of ephemeral access tokens, and encrypted ones: nowhere.
    expect(state.match(anyBearerToken)).toEqual([bearerToken]);
    const anywhere = [...runs.printed, runs.planText, runs.planJson, runs.planFile];
    for (const text of anywhere) expect(text.match(anyBearerToken)).toBeNull();

    // The process list: nobody, neither our processes nor the engine's.
    const commandLines = runs.processes.map(({ commandLine }) => commandLine);
    expect(commandLines.some((line) => line.includes("terraform-provider-qumulo"))).toBe(true);
    expect(commandLines.flatMap((line) => line.match(anyBearerToken) ?? [])).toEqual([]);
    for (const secret of Object.values(all)) expect(commandLines.filter((line) => line.includes(secret))).toEqual([]);

    // State: what Terraform's own design keeps there, each once.
    expect(findInJson(state, adminPassword)).toEqual([]);
    expect(findInJson(state, writeOnlyPassword)).toEqual([]);
    expect(findInJson(state, sessionPassword)).toEqual([]);
    expect(findInJson(state, encrypted)).toEqual([]);
    expect(findInJson(state, password)).toEqual([expect.stringMatching(/attributes\.password$/)]);
    expect(findInJson(state, bearerToken)).toEqual([expect.stringMatching(/attributes\.bearer_token$/)]);

    // Plan: engines keep values that they are given and mask them for people only.
    expect(findInJson(runs.planJson, password).toSorted()).toEqual([
      expect.stringMatching(/^planned_values\..*\.values\.password$/),
      expect.stringMatching(/^resource_changes\..*\.change\.after\.password$/),
      "variables.password.value",
    ]);
    for (const secret of [adminPassword, writeOnlyPassword, sessionPassword, bearerToken, encrypted]) {
      expect(findInJson(runs.planJson, secret)).toEqual([]);
      expect(runs.planFile).not.toContain(secret);
    }
    expect(runs.planFile).toContain(password);
    expect(runs.planText).toContain("(sensitive value)");

    // Whatever is printed. The provider writes nothing in an ordinary run, and these engines log no values; should one
    // begin to, the line that is found says whose it is.
    for (const [name, secret] of Object.entries(all)) {
      for (const text of runs.printed) expect([name, linesWith(text, secret)]).toEqual([name, []]);
    }
  });

  test.each(failures(engine))("%s is refused without being repeated, in the log neither", async (_, hcl) => {
    const canary = "canary0never0repeated";
    const variable = `variable "canary" {\n type = string\n sensitive = true\n}\n`;
    const workspace = await givenWorkspace(engine, variable + hcl, { adminPassword });

    const result = await workspace.runWith({ TF_VAR_canary: canary, TF_LOG: "TRACE" }, "plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("Error: ");
    expect(linesWith(`${result.stdout}\n${result.stderr}`, canary)).toEqual([]);
  });

  test("a bearer token that the provider works with is in no log, plan or state", async () => {
    const workspace = await givenWorkspace(engine, `data "qumulo_who_am_i" "me" {}`);
    const user = { auth_id: "500" };
    const bearerToken = (await workspace.cluster.admin.post("/v1/auth/access-tokens/", { user })).field("bearer_token");
    const environment = {
      QUMULO_USERNAME: undefined,
      QUMULO_PASSWORD: undefined,
      QUMULO_BEARER_TOKEN: bearerToken,
      TF_LOG: "TRACE",
    };

    const applied = await workspace.runWith(environment, "apply", "-no-color", "-auto-approve");

    expect(applied.exitCode).toBe(0);
    expect(linesWith(`${applied.stdout}\n${applied.stderr}`, bearerToken)).toEqual([]);
    expect(await workspace.stateText()).not.toContain(bearerToken);
  });
});

/** What each fails with, given a secret that it must not repeat; functions and ephemeral resources where there are any. */
function failures(engine: Engine): readonly (readonly [string, string])[] {
  const user = (attribute: string) => `resource "qumulo_local_user" "x" {\n name = "x"\n ${attribute} = var.canary\n}`;
  return [
    ["a weak password", user("password")],
    ["a bearer token as an id", `data "qumulo_access_token" "x" {\n id = var.canary\n}`],
    [
      "a bearer token that is none",
      `provider "qumulo" {\n bearer_token = var.canary\n}\ndata "qumulo_who_am_i" "x" {}`,
    ],
    [
      "a wrong password of the provider's",
      `provider "qumulo" {\n username = "admin"\n password = var.canary\n}\ndata "qumulo_who_am_i" "x" {}`,
    ],
    ...(isAble(engine, "writeOnlyAttributes") ? [["a weak write-only password", user("password_wo")] as const] : []),
    ...(isAble(engine, "functions")
      ? [
          [
            "a credentials file of what is not a bearer token",
            `output "x" {\n value = provider::qumulo::credentials_file("\${var.canary} x")\n sensitive = true\n}`,
          ] as const,
        ]
      : []),
    ...(isAble(engine, "ephemeralResources")
      ? [
          [
            "a wrong password of a session",
            `ephemeral "qumulo_session" "x" {\n username = "admin"\n password = var.canary\n}
             provider "qumulo" {\n alias = "x"\n bearer_token = ephemeral.qumulo_session.x.bearer_token\n}
             data "qumulo_who_am_i" "x" {\n provider = qumulo.x\n}`,
          ] as const,
        ]
      : []),
  ];
}

/** The lines of a log that hold a secret. */
function linesWith(text: string, secret: string): readonly string[] {
  return text.split("\n").filter((line) => line.includes(secret));
}

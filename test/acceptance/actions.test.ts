import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import type { Fault } from "../../src/simulator/index.ts";
import type { ProgramResult } from "../../src/engine/errors.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { isAble } from "../support/engines/engine-abilities.ts";
import {
  givenWorkspace,
  onEveryEngineAttached,
  printed,
  type TestedEngine,
  type Workspace,
} from "../support/engines/given-workspace.ts";
import { writePrograms } from "../support/pages/page-reader.ts";

const tokensPath = "/v1/auth/access-tokens/";

/** An action, what starts it by itself, and the tokens that it is about. */
function configuration(type: string, config: string): string {
  return `
    variable "round" {
      type    = string
      default = "0"
    }

    variable "previous" {
      type    = string
      default = null
    }

    variable "current" {
      type    = string
      default = null
    }

    resource "terraform_data" "starter" {
      input = var.round

      lifecycle {
        action_trigger {
          events  = [after_update]
          actions = [action.${type}.act]
        }
      }
    }

    action "${type}" "act" {
      config {
        ${config}
      }
    }`;
}

/** Each action, and what becomes of the token before and of the one in use. */
const acts = [
  { type: "qumulo_revoke_access_tokens", config: `user = "local:svc"`, wanted: [401, 401], method: "DELETE" },
  { type: "qumulo_disable_access_token", config: `id = var.current`, wanted: [200, 401], method: "PATCH" },
  {
    type: "qumulo_end_overlap",
    config: `previous_id = var.previous\n successor_id = var.current`,
    wanted: [401, 200],
    method: "DELETE",
  },
] as const;

const faults: readonly (readonly [when: "before" | "after", Fault])[] = [
  ["after", { kind: "reset" }],
  ["before", { kind: "reset" }],
  ["after", { kind: "hang" }],
  ["after", { kind: "empty-body" }],
  ["before", { kind: "empty-body" }],
  ["before", { kind: "broken-json" }],
  ["before", { kind: "web-page" }],
  ["after", { kind: "status", status: 500 }],
  ["before", { kind: "status", status: 503 }],
  ["before", { kind: "status", status: 401 }],
  ["before", { kind: "status", status: 403 }],
];

interface Pair {
  readonly vars: readonly string[];
  readonly statuses: () => Promise<readonly number[]>;
}

/** Two tokens of the user, in place of those that were there. */
async function givenPair({ cluster }: Workspace): Promise<Pair> {
  const { admin, user, bearing } = cluster;
  const of = { user: { auth_id: user("svc").id } };
  const { body } = await admin.get(`${tokensPath}?user=auth_id:${user("svc").id}`);
  // The shape is the simulator's own.
  for (const { id } of (body as { readonly entries: readonly { readonly id: string }[] }).entries) {
    await admin.delete(`${tokensPath}${id}`);
  }
  const made = [await admin.post(tokensPath, of), await admin.post(tokensPath, of)];
  const [previous, current] = made.map((reply) => reply.field("id"));
  return {
    vars: [`-var=previous=${String(previous)}`, `-var=current=${String(current)}`],
    statuses: async () =>
      Promise.all(made.map(async (r) => (await bearing(r.field("bearer_token")).get("/v1/session/who-am-i")).status)),
  };
}

/** What starts an action: the flag of a command, or a change of a resource. */
const ways: Readonly<Record<string, (type: string, round: number) => string>> = {
  flag: (type) => `-invoke=action.${type}.act`,
  trigger: (_type, round) => `-var=round=${round}`,
};

const impatient = `provider "qumulo" {\n  request_timeout = "1s"\n  max_retries     = 1\n}\n`;

onEveryEngineAttached((engine) => {
  if (!isAble(engine, "actions")) {
    test("an engine without actions does not see them, and works all the same", async () => {
      const workspace = await givenWorkspace(engine, `data "qumulo_who_am_i" "me" {}`);

      const schemas = await workspace.run("providers", "schema", "-json");
      const planned = await workspace.plan();

      expect(schemas.stdout).not.toContain("qumulo_end_overlap");
      expect(planned.hasChanges).toBe(false);
      expect(printed(planned)).not.toContain("Warning");
    });
    return;
  }

  for (const { type, config, wanted, method } of acts) {
    test.each(Object.entries(ways))(
      `${type} by %s: what it says is so, under every fault`,
      async (_way, start) => {
        const workspace = await givenWorkspace(engine, impatient + configuration(type, config), {
          localUsers: ["svc"],
        });
        const { simulator } = workspace.cluster;
        await workspace.apply(...(await givenPair(workspace)).vars);
        let round = 0;
        const run = async ({ vars }: Pair): Promise<ProgramResult> =>
          workspace.run("apply", "-no-color", "-auto-approve", start(type, (round += 1)), ...vars);

        const plain = await givenPair(workspace);
        const succeeded = await run(plain);
        expect(printed(succeeded)).toMatch(/(Deleted|Disabled) the access token \d+/);
        expect({ ...succeeded, statuses: await plain.statuses() }).toMatchObject({ exitCode: 0, statuses: wanted });

        for (const [when, fault] of faults) {
          const pair = await givenPair(workspace);
          simulator.failNext({ method, path: /access-tokens/, when, with: fault, times: Infinity });
          const failed = await run(pair);
          simulator.clearFaults();
          const told = { fault, when, exitCode: failed.exitCode, statuses: await pair.statuses() };
          if (failed.exitCode === 0) expect(told).toMatchObject({ statuses: wanted });
          else expect(printed(failed)).toMatch(/could not be|is unknown|is still (there|enabled)/);
          const again = await run(pair);
          expect({ fault, when, exitCode: again.exitCode, statuses: await pair.statuses() }).toMatchObject({
            exitCode: 0,
            statuses: wanted,
          });
        }
      },
      300_000,
    );
  }

  test("the plan says what an action will do and what the next plan undoes, and that plan does", async () => {
    const workspace = await givenExample(engine, "qumulo_disable_access_token");
    await workspace.apply();
    const { id } = await workspace.state("qumulo_access_token.archive");

    const planned = await workspace.plan("-invoke=action.qumulo_disable_access_token.suspect");
    await workspace.apply("-invoke=action.qumulo_disable_access_token.suspect");
    const next = await workspace.plan();

    expect(printed(planned)).toContain("Access token will be disabled");
    expect(printed(planned)).toContain(`A qumulo_access_token of this configuration manages ${String(id)}`);
    expect(printed(next)).toContain("0 to add, 1 to change, 0 to destroy");
    expect(next.stdout).toMatch(/enabled +(= )?(= )?false -> true/);
  });

  test("tokens that were revoked are made anew by the next plan, where a configuration manages them", async () => {
    const hcl = `${await exampleOf("qumulo_revoke_access_tokens")}
      resource "qumulo_access_token" "archive" {
        user       = "local:svc-archive"
        expires_in = "90d"
      }`;
    const workspace = await givenWorkspace(engine, hcl, { localUsers: ["svc-archive"] });
    await workspace.apply();
    const { bearer_token: leaked } = await workspace.state("qumulo_access_token.archive");

    const revoked = await workspace.apply("-invoke=action.qumulo_revoke_access_tokens.leak");
    const next = await workspace.plan();

    expect((await workspace.cluster.bearing(String(leaked)).get("/v1/session/who-am-i")).status).toBe(401);
    expect(printed(revoked)).toContain("No access token of svc-archive works any more");
    expect(printed(next)).toContain("1 to add, 0 to change, 0 to destroy");
  });

  test("an overlap ends once the new bearer token is delivered, and not when the delivery fails", async () => {
    const workspace = await givenExample(engine, "qumulo_end_overlap");
    const { admin } = workspace.cluster;
    const PATH = await deliveryPrograms(workspace);
    const apply = async (round: string, extra: Readonly<Record<string, string>> = {}): Promise<ProgramResult> => {
      const rotating = `rotate_before_expiry = "14d"`;
      const keeper = `rotate_when_changed = { round = "${round}" }`;
      await workspace.write((await exampleOf("qumulo_end_overlap")).replace(rotating, `${rotating}\n${keeper}`));
      return workspace.runWith({ PATH, ...extra }, "apply", "-no-color", "-auto-approve");
    };

    const first = await apply("one");
    const { id: before } = await workspace.state("qumulo_access_token.index");
    const failed = await apply("two", { DELIVERY_FAILS: "1" });
    const kept = await admin.get(`${tokensPath}${String(before)}`);
    const delivered = await apply("two");
    const gone = await admin.get(`${tokensPath}${String(before)}`);

    expect(first.exitCode).toBe(0);
    expect(printed(first)).toContain("no overlap to end");
    expect(failed.exitCode).toBe(1);
    expect(printed(failed)).not.toContain("Action started");
    expect(kept.status).toBe(200);
    expect(printed(delivered)).toContain(`Deleted the access token ${String(before)} of svc-index`);
    expect(gone.status).toBe(404);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("an action is started although the provisioner of its own resource has failed, which its page warns of", async () => {
    const hcl = `
      resource "terraform_data" "delivery" {
        provisioner "local-exec" {
          command = "exit 1"
        }

        lifecycle {
          action_trigger {
            events  = [after_create]
            actions = [action.qumulo_revoke_access_tokens.all]
          }
        }
      }

      action "qumulo_revoke_access_tokens" "all" {
        config {
          user = "local:svc"
        }
      }`;
    const workspace = await givenWorkspace(engine, hcl, { localUsers: ["svc"] });

    const result = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("local:svc has no access token");
  });
});

async function exampleOf(type: string): Promise<string> {
  return readFile(path.join(getAcceptanceGround().root, "examples/actions", type, "action.tf"), "utf8");
}

async function givenExample(engine: TestedEngine, type: string): Promise<Workspace> {
  return givenWorkspace(engine, await exampleOf(type), { localUsers: ["svc-archive", "svc-index"] });
}

/** The program of the example, which fails where the environment says so. */
async function deliveryPrograms(workspace: Workspace): Promise<string> {
  const program = path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js");
  const script = `#!/bin/sh\n[ -z "$DELIVERY_FAILS" ] || exit 1\nexec "${process.execPath}" "${program}" "$@"\n`;
  return writePrograms(workspace, { "cdktf-qumulo": script });
}

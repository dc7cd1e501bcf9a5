import { expect, test } from "@jest/globals";
import { decrypted, type KeyPair, newKeyPair } from "../support/engines/age-keys.ts";
import { isAble } from "../support/engines/engine-abilities.ts";
import {
  givenWorkspace,
  onEveryEngineAttached,
  onOpenTofu,
  printed,
  type Workspace,
} from "../support/engines/given-workspace.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const address = "qumulo_access_token.svc";
const path = "/v1/auth/access-tokens/";
const dayMs = 86_400_000;
/** The provider's clock goes on while the cluster's stands still: what is due must be so by more than that. */
const marginMs = 60_000;

const token = (keeper: string, more = "") => `
resource "qumulo_access_token" "svc" {
  user       = "local:svc-a"
  expires_in = "90d"
  rotate_before_expiry = "14d"
  rotate_when_changed  = { keeper = "${keeper}" }
  ${more}
}

output "bearer_token" {
  value     = qumulo_access_token.svc.bearer_token
  sensitive = true
}
`;

async function givenSeries(engine: Parameters<typeof givenWorkspace>[0], hcl = token("one")) {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const workspace = await givenWorkspace(engine, hcl, { localUsers: ["svc-a", "svc-b"], clock });
  await workspace.apply();
  return { clock, workspace, first: await workspace.state(address) };
}

async function statusOf({ cluster }: Workspace, state: Readonly<Record<string, unknown>>): Promise<number> {
  return (await cluster.bearing(String(state["bearer_token"])).get("/v1/session/who-am-i")).status;
}

async function tokenIds({ cluster }: Workspace): Promise<readonly string[]> {
  const { simulator } = cluster;
  const admin = await cluster.signIn(simulator.username, simulator.adminPassword.reveal());
  const { text } = await admin.get(path);
  const { entries } = JSON.parse(text) as { readonly entries: readonly { readonly id: string }[] };
  return entries.map(({ id }) => id);
}

onEveryEngineAttached((engine) => {
  test("a changed keeper rotates in place, the old token works for the overlap, and a later plan deletes it", async () => {
    const { workspace, clock, first } = await givenSeries(engine);
    await workspace.write(token("two"));

    const plan = await workspace.plan();
    const applied = await workspace.apply();
    const second = await workspace.state(address);
    const settled = await workspace.plan();
    const unrefreshed = await workspace.plan("-refresh=false");
    const both = await Promise.all([first, second].map(async (state) => statusOf(workspace, state)));
    clock.advance(dayMs + marginMs);
    const cleanUp = await workspace.plan();
    await workspace.apply();

    expect(plan.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(printed(plan)).toContain("because rotate_when_changed changes");
    expect(plan.stdout).toMatch(new RegExp(`\\+ id\\s+= "${String(first["id"])}"`));
    expect(applied.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(await workspace.output("bearer_token")).toBe(second["bearer_token"]);
    expect([settled.hasChanges, unrefreshed.hasChanges]).toEqual([false, false]);
    expect(both).toEqual([200, 200]);
    expect(cleanUp.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(printed(cleanUp)).toContain("Old access token will be deleted");
    expect(await tokenIds(workspace)).toEqual([second["id"]]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("the time to rotate is not drift; a saved plan is applied late, and a blind plan knows nothing of it", async () => {
    const { workspace, clock, first } = await givenSeries(engine);
    clock.advance(75 * dayMs);
    const early = await workspace.plan();
    clock.advance(dayMs + marginMs);

    const blind = await workspace.plan("-refresh=false");
    const drift = await workspace.plan("-refresh-only");
    const saved = await workspace.plan("-out=saved");
    clock.advance(10 * dayMs);
    const late = await workspace.apply("saved");
    const second = await workspace.state(address);

    expect([early.hasChanges, blind.hasChanges, saved.hasChanges]).toEqual([false, false, true]);
    expect(drift.stdout).not.toContain("changed outside");
    expect(printed(saved)).toContain(`rotate_before_expiry is "14d"`);
    expect(late.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(second["expiration_time"]).toMatch(/^2026-08-25T08:(?:00:59[.]999|01:)/);
    expect(second["previous_token"]).toMatchObject({ id: first["id"] });
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a rotation that fails half-way keeps the new secret, and the next apply finishes it", async () => {
    const { workspace } = await givenSeries(engine);
    await workspace.write(token("two"));
    workspace.cluster.simulator.failNext({
      method: "PATCH",
      path: /access-tokens/,
      with: { kind: "status", status: 500 },
    });

    const failed = await workspace.run("apply", "-no-color", "-auto-approve");
    const second = await workspace.state(address);
    const rest = await workspace.apply();

    expect(failed.exitCode).toBe(1);
    expect(await statusOf(workspace, second)).toBe(200);
    expect(rest.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(await workspace.state(address)).toMatchObject({ id: second["id"] });
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("create_before_destroy rotates in place all the same, and replaces through the second slot", async () => {
    const lifecycle = "lifecycle {\n create_before_destroy = true\n }";
    const { workspace } = await givenSeries(engine, token("one", lifecycle));

    const replaced = await workspace.apply("-replace=qumulo_access_token.svc");
    await workspace.write(token("two", lifecycle));
    const rotated = await workspace.apply();

    expect(replaced.stdout).toContain("1 added, 0 changed, 1 destroyed");
    expect(rotated.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(await tokenIds(workspace)).toHaveLength(2);
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("a blind plan goes on from what an applied refresh found to be due", async () => {
    const { workspace, clock } = await givenSeries(engine);
    clock.advance(80 * dayMs);

    await workspace.apply("-refresh-only");
    const plan = await workspace.plan("-refresh=false");

    expect(plan.stdout).toContain("0 to add, 1 to change, 0 to destroy");
  });

  test("keepers that are known only after apply rotate if they differ then", async () => {
    const hcl = (trigger: string) => `
      resource "null_resource" "keeper" {
        triggers = { value = "${trigger}" }
      }
      ${token("one").replace(`"one"`, "null_resource.keeper.id")}`;
    const { workspace, first } = await givenSeries(engine, hcl("a"));
    await workspace.write(hcl("b"));

    const plan = await workspace.plan("-out=saved");
    await workspace.apply("saved");

    expect(printed(plan)).toContain("Access token may be rotated");
    expect(await workspace.state(address)).toMatchObject({ previous_token: { id: first["id"] } });
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a rotation whose answer is lost leaves no orphan, and the next apply finishes it", async () => {
    const { workspace, first } = await givenSeries(engine);
    await workspace.write(token("two"));
    workspace.cluster.simulator.failNext({
      method: "POST",
      path: /access-tokens/,
      when: "after",
      with: { kind: "reset" },
    });

    const lost = await workspace.run("apply", "-no-color", "-auto-approve");
    const between = await tokenIds(workspace);
    await workspace.apply();

    expect(lost.exitCode).toBe(1);
    expect(printed(lost)).toContain("nothing is left behind");
    expect(between).toEqual([first["id"]]);
    expect(await workspace.state(address)).toMatchObject({ previous_token: { id: first["id"] } });
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("-replace and taint delete both tokens of the series; -target rotates one series alone", async () => {
    const other = token("one").replaceAll("svc", "other").replace("local:other-a", "local:svc-b").split("output")[0];
    const { workspace, first } = await givenSeries(engine, token("one") + String(other));
    await workspace.write(token("two") + String(other).replace(`"one"`, `"two"`));

    await workspace.apply("-target=qumulo_access_token.svc");
    const rotated = await workspace.state(address);
    const untouched = await workspace.state("qumulo_access_token.other");
    await workspace.apply("-target=qumulo_access_token.svc", "-replace=qumulo_access_token.svc");
    const replaced = await tokenIds(workspace);
    await workspace.run("taint", address);
    const tainted = await workspace.apply();

    expect(rotated["previous_token"]).toMatchObject({ id: first["id"] });
    expect(untouched["previous_token"]).toBeNull();
    expect(replaced).toHaveLength(2);
    expect(replaced).not.toContain(first["id"]);
    expect(tainted.stdout).toContain("1 added, 1 changed, 1 destroyed");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("prevent_destroy does not prevent a rotation; ignored keepers do not rotate", async () => {
    const prevented = "lifecycle {\n prevent_destroy = true\n }";
    const ignored = "lifecycle {\n ignore_changes = [rotate_when_changed]\n }";
    const { workspace } = await givenSeries(engine, token("one", prevented));

    await workspace.write(token("two", prevented));
    const rotated = await workspace.apply();
    await workspace.write(token("three", ignored));
    const plan = await workspace.plan();

    expect(rotated.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(plan.hasChanges).toBe(false);
  });

  test("ignored recipients do not rotate, and a rotation for another reason encrypts to the earlier ones", async () => {
    const [earlier, later] = [await newKeyPair(), await newKeyPair()];
    const ignored = "lifecycle {\n ignore_changes = [encrypt_to]\n }";
    const to = ({ publicKey }: KeyPair, more = "") => `encrypt_to = "${publicKey}"\n ${more}`;
    const { workspace, first } = await givenSeries(engine, token("one", to(earlier)));

    await workspace.write(token("one", to(later)));
    const noticed = await workspace.plan();
    await workspace.write(token("one", to(later, ignored)));
    const unnoticed = await workspace.plan();
    await workspace.write(token("two", to(later, ignored)));
    await workspace.apply();
    const second = await workspace.state(address);

    expect(noticed.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(unnoticed.hasChanges).toBe(false);
    expect(second).toMatchObject({ previous_token: { id: first["id"] }, bearer_token: null });
    const bearer_token = await decrypted(second["encrypted_bearer_token"], earlier);
    expect(await statusOf(workspace, { bearer_token })).toBe(200);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a moved series keeps what is remembered of it", async () => {
    const { workspace, clock, first } = await givenSeries(engine);
    const renamed = token("one").replaceAll(/"svc"|token\.svc/g, (name) => name.replace("svc", "renamed"));
    await workspace.write(`${renamed}\nmoved {\n from = ${address}\n to = qumulo_access_token.renamed\n}`);

    const moved = await workspace.apply();
    clock.advance(80 * dayMs);
    await workspace.apply();

    expect(moved.stdout).toContain("0 added, 0 changed, 0 destroyed");
    expect(await workspace.state("qumulo_access_token.renamed")).toMatchObject({ previous_token: { id: first["id"] } });
  });

  if (isAble(engine, "removedBlocks")) {
    test("a removed block forgets the series and leaves both tokens on the cluster", async () => {
      const { workspace } = await givenSeries(engine);
      await workspace.write(token("two"));
      await workspace.apply();

      await workspace.write(`removed {\n from = ${address}\n lifecycle {\n destroy = false\n }\n}`);
      await workspace.apply();

      expect((await workspace.run("state", "list")).stdout.trim()).toBe("");
      expect(await tokenIds(workspace)).toHaveLength(2);
    });
  }
});

import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { makeUser, memberIds, runAgain, signInAs, single, whole } from "../support/provider/given-members.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

const directory = {
  version: 1,
  active_directory: {
    netbios_name: "LAB",
    dns_name: "lab.example.com",
    sid: "S-1-5-21-111-222-333",
    users: [{ name: "jane", rid: 1_103 }],
  },
} as const;

/** A cluster that is joined to Active Directory, and a provider that may manage roles and look up nobody. */
async function givenDirectory() {
  const cluster = await givenCluster({ seed: directory });
  const engine = await givenEngine(cluster.simulator);
  const holder = await cluster.holderOf("PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE");
  return { cluster, engine, holder };
}

test.each(["jane", "LAB\\jane"])(
  "a name of a directory that the member still has costs no look-up: %s",
  async (name) => {
    const { cluster, engine, holder } = await givenDirectory();
    const config = { role_name: "Observers", name, domain: "ACTIVE_DIRECTORY" };
    const { kept } = await engine.apply(single, config);
    await signInAs(cluster, holder, engine);
    const before = cluster.simulator.requests.length;

    const read = await engine.refresh(single, kept);
    const plan = await engine.plan(single, config, read.kept);

    expect(plan).toMatchObject({ isEmpty: true, warnings: [] });
    expect(cluster.simulator.requests.slice(before).filter(({ path }) => path.includes("identity"))).toEqual([]);
  },
);

test.each([
  [single, { role_name: "Observers", name: "jane@lab.example.com", domain: "ACTIVE_DIRECTORY" }],
  [whole, { role_name: "Observers", members: setOfValues("ad:jane@lab.example.com") }],
])(
  "another form of a name is looked up, and who may not is told once, with nothing changed: %s",
  async (type, config) => {
    const { cluster, engine, holder } = await givenDirectory();
    const created = await engine.apply(type, config);
    const lookedUp = await engine.refresh(type, created.kept);
    const byAdmin = await engine.plan(type, config, lookedUp.kept);
    await signInAs(cluster, holder, engine);

    const read = await engine.refresh(type, created.kept);
    const plans = [await engine.plan(type, config, read.kept), await engine.plan(type, config, read.kept)];

    expect(byAdmin).toMatchObject({ isEmpty: true, warnings: [] });
    expect(plans.map(({ isEmpty }) => isEmpty)).toEqual([true, true]);
    expect(plans.flatMap(({ warnings }) => warnings)).toMatchObject([
      { detail: expect.stringContaining("PRIVILEGE_IDENTITY_READ") },
    ]);
  },
);

test("a bare name of a directory means a local account as soon as there is one", async () => {
  const { cluster, engine } = await givenDirectory();
  const config = { role_name: "Observers", name: "jane" };
  const { kept } = await engine.apply(single, config);
  const unchanged = await runAgain(engine, { type: single, config, kept });
  const local = await makeUser(cluster, "jane");

  const { plan } = await runAgain(engine, { type: single, config, kept: unchanged.after.kept });

  expect(unchanged.plan.isEmpty).toBe(true);
  expect(plan.planned).toMatchObject({ auth_id: local });
  expect(plan.warnings).toMatchObject([{ detail: expect.stringContaining(`auth_id ${local} now`) }]);
});

test.each([
  [single, { role_name: "Observers", name: "LAB\\jane" }],
  [whole, { role_name: "Observers", members: setOfValues("LAB\\jane") }],
])("a name with its domain does not mean a local member of the same name: %s", async (type, config) => {
  const { cluster, engine } = await givenDirectory();
  const local = await makeUser(cluster, "jane");
  await cluster.admin.post("/v1/auth/roles/Observers/members", { auth_id: local });

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(await memberIds(cluster)).toContain("21474837583");
});

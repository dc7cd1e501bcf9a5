import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { verdictOf } from "../../src/audit/gate/verdict.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { type Plain, setOfValues, undecided } from "../support/provider/values.ts";
import { fc } from "../support/search.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { differences } from "./worlds/model.ts";
import { overridden, Pool, type Resource } from "./worlds/planned.ts";
import { accountsOf, anyWorld, drawnPrivileges, listedRole, nameOf, type World } from "./worlds/world.ts";

/** More of them search longer. */
const runs = Number(process.env["AUDIT_WORLDS"] ?? 2_000);
const timeoutMs = 120_000 + 100 * runs;
const time = "2026-03-02T08:00:00Z";
const now = new Date(time);

let pool: Pool;
let simulator: Simulator;

beforeAll(async () => {
  const clock = new SettableClock(time);
  simulator = await startSimulator({ clock });
  pool = await Pool.on(simulator, clock);
}, 60_000);

afterAll(async () => {
  await simulator.close();
});

async function auditOf(resources: readonly Resource[]): Promise<Audit> {
  return audit(await pool.plan(resources), { now });
}

/** What a gate at "high" says of what is new. */
function isClean(result: Audit): boolean {
  return verdictOf({ ...result, open: result.open.filter(({ isNew }) => isNew) }, { failOn: "high" }) === "clean";
}

test(
  "audit and definition agree on who gains and loses what",
  async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async (world) => {
        const { changes } = await auditOf(pool.resources(world));

        const told = changes
          .filter(({ gained, lost }) => gained.length + lost.length > 0)
          .map(({ identity, gained, lost }) => [
            identity,
            { gained: gained.map(({ privilege }) => privilege), lost: lost.map(({ privilege }) => privilege) },
          ]);
        expect(Object.fromEntries(told)).toEqual(differences(world));
      }),
      { numRuns: runs },
    );
  },
  timeoutMs,
);

/** What may stand in a place of a configuration: for each attribute all kinds of values that matter. */
function candidates(world: World, { address }: Resource, attribute: string): readonly Plain[] {
  const known = (kind: "user" | "group"): number[] =>
    accountsOf(world, kind).flatMap((one, index) =>
      one.before !== undefined && one.after !== undefined ? [index] : [],
    );
  const ids = (kind: "user" | "group"): readonly string[] => known(kind).map((index) => pool.authId(kind, index));
  switch (`${address.split(".")[0]}.${attribute}`) {
    case "qumulo_role.privileges":
      return [[], ...drawnPrivileges.map((one) => [one])].map((some) => setOfValues(...some));
    case "qumulo_role_member.auth_id":
      return [...ids("user"), ...ids("group"), "500"];
    case "qumulo_role_member.role_name":
      return [
        "Administrators",
        ...world.roles.flatMap((role, index) =>
          role.after && index !== listedRole ? [nameOf("role", index, role)] : [],
        ),
      ];
    case "qumulo_role_members.members":
      return [
        ...known("user").map((index) => `user-${index}`),
        ...known("group").map((index) => `group-${index}`),
        "admin",
      ].map((name) => setOfValues(`local:${name}`));
    case "qumulo_local_group_member.group_id":
      return ids("group");
    case "qumulo_local_group_member.member_id":
      return ids("user");
    case "qumulo_access_token.user":
      return ["local:admin", ...known("user").map((index) => `local:user-${index}`)];
    case "qumulo_access_token.expires_in":
      return ["90d", "9000d"];
    case "qumulo_access_token.expiration_time":
      return ["2026-06-01T00:00:00Z", "2099-01-01T00:00:00Z"];
    default:
      return [];
  }
}

test(
  "what is not known is never clean where some value of it would not be",
  async () => {
    let harmful = 0;
    await fc.assert(
      fc.asyncProperty(anyWorld, fc.nat(), fc.boolean(), async (world, chosen, isMixed) => {
        const resources = pool.resources(world);
        const places = resources.flatMap((resource) =>
          Object.keys(resource.after ?? {}).flatMap((attribute) => {
            const values = candidates(world, resource, attribute);
            return values.length === 0 ? [] : [{ address: resource.address, attribute, values }];
          }),
        );
        const place = places[chosen % places.length];
        if (place === undefined) return;
        const { address, attribute, values } = place;
        const withIt = async (value: Plain): Promise<Audit> =>
          auditOf(overridden(resources, { address, attribute, value, isMixed }));

        const told = await withIt(undecided);

        for (const value of values) {
          const known = await withIt(value);
          if (isClean(known)) continue;
          const found = known.open.map(({ rule, what }) => `${rule}: ${what}`);
          if (isClean(told)) throw new Error(JSON.stringify({ address, attribute, value, found }));
          harmful += 1;
          break;
        }
      }),
      { numRuns: runs / 4 },
    );
    expect(harmful).toBeGreaterThan(runs / 20);
  },
  timeoutMs,
);

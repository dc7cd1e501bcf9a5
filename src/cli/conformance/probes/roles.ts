import { entriesOf, fieldOf, namesIn, outcome, setOf, textIn, whole } from "../asking/observe.ts";
import { changing, type Probe, reading } from "../probe.ts";

const rolesPath = "/v1/auth/roles/";
const builtIn = ["Administrators", "Data-Administrators", "Observers", "Qumulo-Support"];
/** Three privileges that every version knows, not in the order of the enumeration. */
const privileges = ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_ANALYTICS_READ", "PRIVILEGE_QUOTA_READ"];

function roleWith(name: string, fields: Readonly<Record<string, unknown>> = {}): object {
  return { name, description: "Made to ask", privileges: [], ...fields };
}

/** Roles and the privileges that they give. */
export const roleProbes: readonly Probe[] = [
  reading({
    id: "built-in-roles",
    asks: "which built-in roles there are",
    source: "Qumulo docs, RBAC guide",
    async ask({ caller }) {
      const { body } = await caller.get(rolesPath);
      return Object.fromEntries(builtIn.map((name) => [name, namesIn(body).includes(name)]));
    },
  }),
  ...["Administrators", "Data-Administrators", "Observers"].map((name) =>
    reading({
      id: `privileges-of-${name.toLowerCase()}`,
      asks: `which privileges the role ${name} gives`,
      source: "assumed; no source publishes the list",
      async ask({ caller }) {
        const answer = await caller.get(`${rolesPath}${name}`);
        return { outcome: outcome(answer), privileges: setOf(entriesOf(fieldOf(answer.body, "privileges"))) };
      },
    }),
  ),
  reading({
    id: "role-in-other-letters",
    asks: "whether a role is found by its name in other letters",
    source: "OpenAPI 7.8.2",
    async ask({ caller }) {
      return {
        "as it is": outcome(await caller.get(`${rolesPath}Observers`)),
        "in capitals": outcome(await caller.get(`${rolesPath}OBSERVERS`)),
      };
    },
  }),
  reading({
    id: "administrators-group",
    asks: "whether the local group Administrators has the role Administrators",
    source: "assumed; whoever runs a cluster may have changed it",
    async ask({ caller }) {
      const path = `${rolesPath}Administrators/members`;
      return {
        "the user admin": outcome(await caller.get(`${path}/500`)),
        "the group": outcome(await caller.get(`${path}/512`)),
      };
    },
  }),
  changing({
    id: "role-made",
    asks: "the answer when a role is made, read and listed",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1",
    async ask(bench) {
      const name = bench.newName();
      const made = await bench.caller.post(rolesPath, roleWith(name, { privileges: ["PRIVILEGE_QUOTA_READ"] }));
      const list = await bench.caller.get(rolesPath);
      return {
        made: whole(made),
        read: whole(await bench.caller.get(`${rolesPath}${name}`)),
        list: outcome(list),
        listed: fieldOf(list.body, name),
        "with a name alone": outcome(await bench.caller.post(rolesPath, { name: bench.newName() })),
        unknown: outcome(await bench.caller.get(`${rolesPath}${bench.newName()}`)),
      };
    },
  }),
  changing({
    id: "role-names",
    asks: "which names roles may have",
    source: "OpenAPI 7.8.2; refusals are assumed",
    async ask(bench) {
      const name = bench.newName();
      const make = async (given: string) => outcome(await bench.caller.post(rolesPath, roleWith(given)));
      return {
        empty: await make(""),
        "a blank inside": await make(`${name} b`),
        "a tab inside": await make(`${name}\tb`),
        "a blank at the end": await make(`${name} `),
        "256 characters": await make(bench.newNameOf(256)),
        "an accent": await make(`${name}é`),
        "a dot": await make(`${name}.b`),
      };
    },
  }),
  changing({
    id: "privileges-of-a-role",
    asks: "how the privileges of a role are taken, and in which order they are told",
    source: "OpenAPI 7.8.2 for the enumeration; order and refusals are assumed",
    question: "order-of-lists",
    async ask(bench) {
      const make = async (given: readonly string[]) =>
        bench.caller.post(rolesPath, roleWith(bench.newName(), { privileges: given }));
      const told = async (given: readonly string[]) => fieldOf((await make(given)).body, "privileges");
      return {
        "in another order": await told(privileges),
        "named twice": await told(["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_READ"]),
        none: await told([]),
        unknown: outcome(await make(["PRIVILEGE_TO_DO_ANYTHING"])),
        "in small letters": outcome(await make(["privilege_quota_read"])),
        "without its prefix": outcome(await make(["QUOTA_READ"])),
      };
    },
  }),
  changing({
    id: "singular-privileges",
    asks: "whether the singular names of the administrator guides are privileges",
    source: "OpenAPI 7.8.2 has the plural, Qumulo's administrator guides the singular",
    question: "singular-privileges",
    async ask(bench) {
      const make = async (name: string) =>
        outcome(await bench.caller.post(rolesPath, roleWith(bench.newName(), { privileges: [name] })));
      return {
        plural: await make("PRIVILEGE_ACCESS_TOKENS_READ"),
        singular: await make("PRIVILEGE_ACCESS_TOKEN_READ"),
      };
    },
  }),
  changing({
    id: "role-changed",
    asks: "how a role is changed, and when its ETag changes",
    source: "OpenAPI 7.8.2, Qumulo SDK 7.10.2.1; when an ETag changes is assumed",
    async ask(bench) {
      const { caller } = bench;
      const path = `${rolesPath}${await bench.role("PRIVILEGE_QUOTA_READ")}`;
      const user = await bench.user();
      const before = await caller.get(path);
      const same = await caller.patch(path, {}, before.etag);
      await caller.post(`${path}/members`, { auth_id: user.id });
      const joined = await caller.get(path);
      const described = await caller.patch(path, { description: "Another" });
      const replaced = await caller.patch(path, { privileges: ["PRIVILEGE_ANALYTICS_READ"] });
      return {
        "nothing changed": whole(same),
        "the ETag stays then": same.etag === before.etag,
        "the ETag stays with a new member": joined.etag === before.etag,
        described: whole(described),
        "the ETag changes then": described.etag !== before.etag,
        "other privileges": whole(replaced),
        "PUT of both": whole(await caller.put(path, { description: "Made to ask", privileges: [] })),
        "PUT of one": outcome(await caller.put(path, { description: "Another" })),
        "an unknown privilege": outcome(await caller.patch(path, { privileges: ["PRIVILEGE_TO_DO_ANYTHING"] })),
      };
    },
  }),
  changing({
    id: "role-deleted",
    asks: "how a role is deleted, also one with members",
    source: "OpenAPI 7.8.2; that members do not matter is assumed",
    question: "role-with-members",
    async ask(bench) {
      const role = await bench.role();
      const path = `${rolesPath}${role}`;
      await bench.assign(role, (await bench.user()).id);
      return {
        "with a member": whole(await bench.caller.delete(path)),
        again: outcome(await bench.caller.delete(path)),
        read: outcome(await bench.caller.get(path)),
        changed: outcome(await bench.caller.patch(path, { description: "Another" })),
        members: outcome(await bench.caller.get(`${path}/members`)),
      };
    },
  }),
  changing({
    id: "granting-what-one-lacks",
    asks: "whether somebody may give a privilege that they do not have",
    source: "assumed",
    question: "granting-what-one-lacks",
    async ask(bench) {
      const holder = await bench.holder("PRIVILEGE_ROLE_WRITE", "PRIVILEGE_ROLE_READ");
      const body = roleWith(bench.newName(), { privileges: ["PRIVILEGE_QUOTA_WRITE"] });
      return { outcome: outcome(await holder.post(rolesPath, body)) };
    },
  }),
  changing({
    id: "reach-of-role-changes",
    asks: "when a change of a role reaches sessions and access tokens",
    source: "sessions: Qumulo docs, RBAC guide; access tokens: assumed",
    question: "reach-of-role-changes",
    async ask(bench) {
      const holder = await bench.holder();
      const { bearer } = await bench.token(holder.user);
      const path = `${rolesPath}${holder.role}`;
      await bench.caller.patch(path, { privileges: ["PRIVILEGE_ROLE_READ"] });
      const [session, token] = [await holder.get(path), await bearer.get(path)];
      const login = await bench.signIn(holder.user);
      await bench.caller.delete(path);
      return {
        "a session of before": outcome(session),
        "an access token of before": outcome(token),
        "a session of afterwards": outcome(await login.get("/v1/auth/privileges/")),
        "the access token when the role is gone": outcome(await bearer.get("/v1/auth/privileges/")),
      };
    },
  }),
  changing({
    id: "role-name-kept",
    asks: "whether the spelling of a role's name is kept, and any spelling finds it",
    source: "OpenAPI 7.8.2; that the spelling is kept is inferred",
    async ask(bench) {
      const name = bench.newName();
      const made = await bench.caller.post(rolesPath, roleWith(name.toUpperCase()));
      const told = textIn(made, "name");
      return {
        "told as it was given": told === name.toUpperCase(),
        "found in small letters": outcome(await bench.caller.get(`${rolesPath}${name}`)),
        "deleted in small letters": outcome(await bench.caller.delete(`${rolesPath}${name}`)),
      };
    },
  }),
];

import { expect, test } from "@jest/globals";
import type { FaultDeclaration } from "../../src/simulator/index.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Engine, type Given, givenEngine, type Kept, type Outcome } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

type Fault = Pick<FaultDeclaration, "method" | "when" | "with">;

/** The ids of whom the cluster of a test holds. */
interface Ids {
  readonly userId: string;
  readonly groupId: string;
}

interface Life {
  readonly typeName: string;
  readonly first: (ids: Ids) => Given;
  /** Absent where every change replaces. */
  readonly changed?: (ids: Ids) => Given;
}

const afterSigningIn = /^(?!\/v1\/(version|session\/login))/;

/** What may happen to a request, with all its forms. */
const faults: readonly [string, readonly Fault[]][] = [
  ["lost", beforeAndAfter({ kind: "reset" })],
  ["answered 500", beforeAndAfter({ kind: "status", status: 500 })],
  // The methods that may carry If-Match.
  ["answered 412", ["PUT", "PATCH", "DELETE"].map((method) => ({ method, with: { kind: "status", status: 412 } }))],
];

/** Before and after the cluster has done what it was asked. */
function beforeAndAfter(fault: Fault["with"]): readonly Fault[] {
  return (["before", "after"] as const).map((when) => ({ when, with: fault }));
}

const lives: readonly Life[] = [
  {
    typeName: "qumulo_local_user",
    first: () => ({ name: "robot", home_directory: "/home/robot" }),
    changed: () => ({ name: "robot", home_directory: "/home/machine", uid: "5005" }),
  },
  {
    typeName: "qumulo_local_group",
    first: () => ({ name: "machines" }),
    changed: () => ({ name: "machines", gid: "7000" }),
  },
  {
    typeName: "qumulo_local_group_member",
    first: ({ userId, groupId }) => ({ group_id: groupId, member_id: userId }),
  },
  {
    typeName: "qumulo_role",
    first: () => ({ name: "backup", privileges: setOfValues("PRIVILEGE_QUOTA_READ") }),
    changed: () => ({ name: "backup", description: "Reads", privileges: setOfValues("PRIVILEGE_SNAPSHOT_READ") }),
  },
  { typeName: "qumulo_role_member", first: ({ userId }) => ({ role_name: "Observers", auth_id: userId }) },
  {
    typeName: "qumulo_role_members",
    first: () => ({ role_name: "Observers", members: setOfValues("local:a", "local:b") }),
    changed: () => ({ role_name: "Observers", members: setOfValues("local:b", "local:c") }),
  },
];

interface Operation {
  readonly typeName: string;
  /** What is there before; `undefined` for nothing. */
  readonly before: Life["first"] | undefined;
  /** What is to be there; `undefined` for nothing. */
  readonly wanted: Life["first"] | undefined;
}

const operations: readonly [string, Operation][] = lives.flatMap(({ typeName, first, changed }) => [
  [`create of ${typeName}`, { typeName, before: undefined, wanted: first }],
  ...(changed === undefined
    ? []
    : [[`change of ${typeName}`, { typeName, before: first, wanted: changed }] satisfies [string, Operation]]),
  [`deletion of ${typeName}`, { typeName, before: first, wanted: undefined }],
]);

const cases = operations.flatMap(([name, operation]) =>
  faults.map(([fault, forms]) => ({ name, fault, operation, forms })),
);

/** A cluster, and how to run commands on one object of it, each by another process of the provider. */
async function givenObject({ typeName, before, wanted }: Operation) {
  const cluster = await givenCluster({ localUsers: ["a", "b", "c"] });
  const groupId = (await cluster.admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  const ids: Ids = { userId: cluster.user("a").id, groupId };
  const [first, last] = [before?.(ids), wanted?.(ids)];
  const newEngine = async (): Promise<Engine> => givenEngine(cluster.simulator);
  const run = async (config: Given | undefined, kept: Kept | undefined): Promise<Outcome | undefined> => {
    const engine = await newEngine();
    const read = kept === undefined || isNothing(kept) ? undefined : await engine.refresh(typeName, kept);
    if (read !== undefined && read.errors.length > 0) return read;
    const current = read?.state === null ? undefined : read?.kept;
    if (config !== undefined) return engine.apply(typeName, config, current);
    return current === undefined ? undefined : engine.destroy(typeName, current);
  };
  return {
    cluster,
    groupId,
    /** Makes what is there before, whatever is there now. */
    begin: async (kept?: Kept) =>
      first === undefined ? (await run(undefined, kept), undefined) : (await run(first, kept))?.kept,
    /** Makes what is wanted. */
    run: async (kept: Kept | undefined) => run(last, kept),
    importById: async (id: string) => (await (await newEngine()).importById(typeName, id)).kept,
    isSettled: async (finished: Outcome | undefined) => {
      if (finished === undefined) return last === undefined;
      const { kept } = finished;
      if (last === undefined || isNothing(kept)) return last === undefined && isNothing(kept);
      const engine = await newEngine();
      const read = await engine.refresh(typeName, kept);
      return (await engine.plan(typeName, last, read.kept)).isEmpty;
    },
  };
}

function isNothing({ state }: Kept): boolean {
  return state.kind === "null";
}

type GivenObject = Awaited<ReturnType<typeof givenObject>>;

/** All that the operations could leave on a cluster, without what each new object has anew. */
async function contentOf({ cluster, groupId }: GivenObject): Promise<readonly string[]> {
  const paths = ["/v1/users/", "/v1/groups/", `/v1/groups/${groupId}/members/`, "/v1/auth/roles/"];
  const all = [...paths, "/v1/auth/roles/Observers/members"];
  const replies = await Promise.all(all.map(async (path) => cluster.admin.get(path)));
  return replies.map(({ text }) => text.replace(/"(id|sid)": ?"[^"]*"/g, ""));
}

/** The same command once more; an object that may be somebody else's is named, and is imported then. */
async function runAgain({ run, importById }: GivenObject, failed: Kept | undefined): Promise<Outcome | undefined> {
  const again = await run(failed);
  const said = again?.errors.map(({ detail }) => detail).join() ?? "";
  const [, named] = /importing it with the id "([^"]+)"/.exec(said) ?? [];
  return named === undefined ? again : run(await importById(named));
}

test.each(cases)("$name: if any one request is $fault, a second apply ends in the wanted state", async (one) => {
  const object = await givenObject(one.operation);
  const { cluster, begin, run, isSettled } = object;
  const faultless = await run(await begin());
  const content = await contentOf(object);
  let kept = faultless?.kept;

  for (const form of one.forms) {
    for (let skip = 0; ; skip += 1) {
      const before = await begin(kept);
      cluster.simulator.failNext({ ...form, path: afterSigningIn, skip });
      const failed = await run(before);
      const wasHit = cluster.simulator.faultsLeft() === 0;
      cluster.simulator.clearFaults();
      const finished = await runAgain(object, failed?.kept ?? before);

      const at = { form, skip };
      expect({ at, errors: finished?.errors ?? [] }).toEqual({ at, errors: [] });
      expect({ at, content: await contentOf(object) }).toEqual({ at, content });
      expect({ at, isSettled: await isSettled(finished) }).toEqual({ at, isSettled: true });
      kept = finished?.kept;
      if (!wasHit) break;
    }
  }
});

import type { GivenCluster, Holder } from "../simulator/given-cluster.ts";
import { type Engine, type Given, type Kept, reaching } from "./given-provider.ts";

/** One member of a role. */
export const single = "qumulo_role_member";
/** All members of a role. */
export const whole = "qumulo_role_members";
const membersPath = "/v1/auth/roles/Observers/members";

/** The auth_ids of the members of Observers. */
export async function memberIds({ admin }: GivenCluster): Promise<readonly string[]> {
  const { body } = await admin.get(membersPath);
  return typeof body === "object" && body !== null && "members" in body ? Object.keys(body.members ?? {}) : [];
}

/** Makes a local user. @returns its id */
export async function makeUser({ admin }: GivenCluster, name: string): Promise<string> {
  return (await admin.post("/v1/users/", { name, primary_group: "513", password: "Test-Passw0rd" })).field("id");
}

/** A run: reads, plans, applies, then reads and plans once more. */
export async function runAgain(
  engine: Engine,
  { type, config, kept }: { readonly type: string; readonly config: Given; readonly kept: Kept },
) {
  const read = await engine.refresh(type, kept);
  const plan = await engine.plan(type, config, read.kept);
  const applied = await engine.apply(type, config, read.kept);
  const after = await engine.refresh(type, applied.kept);
  return { read, plan, applied, after, isSettled: (await engine.plan(type, config, after.kept)).isEmpty };
}

/** Lets an account that may manage roles, and look up nobody, do the rest. */
export async function signInAs({ simulator }: GivenCluster, { user }: Holder, engine: Engine): Promise<void> {
  await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });
}

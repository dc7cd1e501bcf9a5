import type { Run } from "./bench.ts";
import type { Answer, Sent } from "./line.ts";
import { type MadeObject, rolePath } from "./made.ts";
import { NotKnown } from "./not-known.ts";
import { entriesOf, fieldOf, namesIn } from "./observe.ts";

/** What cleaning up needs of a run. It goes on when the run is stopped. */
export type Cleaned = Pick<Run, "line" | "bearerToken" | "prefix">;

/**
 * Removes what was made, the latest first: an access token goes before its user, a membership before its role.
 *
 * @returns what could not be removed
 */
export async function remove(run: Cleaned, made: readonly MadeObject[]): Promise<readonly MadeObject[]> {
  const left: MadeObject[] = [];
  for (const object of made.toReversed()) {
    if (!(await isRemoved(run, object))) left.push(object);
  }
  return left.reverse();
}

async function isRemoved(run: Cleaned, { path }: MadeObject): Promise<boolean> {
  const answer = await tryToSend(run, { method: "DELETE", path, mayRepeat: true });
  return answer?.status === 200 || answer?.status === 404;
}

/** What is left of a run. */
export interface LeftOver {
  readonly objects: readonly MadeObject[];
  /** Whether all users, groups and roles of the cluster were looked through. */
  readonly isWhole: boolean;
}

/**
 * Removes what is left of a run: what could not be removed before, and what was made by a request whose answer was lost. That
 * is found by the beginning of its name, which no object of anybody else has, and an access token by its user.
 *
 * @param known - what could not be removed before
 */
export async function sweep(run: Cleaned, known: readonly MadeObject[]): Promise<LeftOver> {
  const found = await findByName(run);
  // With a user goes the only way to find their access tokens.
  const removable = found === undefined ? known.filter(({ kind }) => kind !== "user") : known;
  const objects = new Map([...removable, ...(found ?? [])].map((object) => [object.path, object]));
  const left = await remove(run, await remove(run, [...objects.values()]));
  const kept = known.filter((object) => !removable.includes(object));
  return { objects: [...kept, ...left], isWhole: found !== undefined };
}

/** Everything with a name of this run, in the order in which it could have been made; `undefined` if that cannot be read. */
async function findByName(run: Cleaned): Promise<readonly MadeObject[] | undefined> {
  const groups = await list(run, "/v1/groups/");
  const users = await list(run, "/v1/users/");
  const roles = await list(run, "/v1/auth/roles/");
  if (groups === undefined || users === undefined || roles === undefined) return undefined;
  const ownUsers = accounts(users, run, "user");
  const tokens = await tokensOf(run, ownUsers);
  if (tokens === undefined) return undefined;
  return [
    ...accounts(groups, run, "group"),
    ...ownUsers,
    ...tokens,
    ...namesIn(roles)
      .filter((name) => isOwnName(name, run))
      .map((name) => ({ kind: "role" as const, id: name, path: rolePath(name) })),
  ];
}

/**
 * Whether something on the cluster has a name that begins so. Another run could have the same beginning, if hardly ever.
 *
 * @throws {NotKnown} when that cannot be read
 */
export async function isPrefixTaken(run: Cleaned): Promise<boolean> {
  const found = await findByName(run);
  if (found === undefined) throw new NotKnown("Users, groups and roles cannot be listed");
  return found.length > 0;
}

async function list(run: Cleaned, path: string): Promise<unknown> {
  const answer = await tryToSend(run, { method: "GET", path });
  return answer?.status === 200 ? answer.body : undefined;
}

function accounts(body: unknown, run: Cleaned, kind: "user" | "group"): readonly MadeObject[] {
  return entriesOf(body).flatMap((entry) => {
    const [id, name] = [fieldOf(entry, "id"), fieldOf(entry, "name")];
    if (typeof id !== "string" || typeof name !== "string" || !isOwnName(name, run)) return [];
    return [{ kind, id, path: `/v1/${kind}s/${encodeURIComponent(id)}` }];
  });
}

async function tokensOf(run: Cleaned, users: readonly MadeObject[]): Promise<readonly MadeObject[] | undefined> {
  const found: MadeObject[] = [];
  for (const user of users) {
    const page = await list(run, `/v1/auth/access-tokens/?user=auth_id:${user.id}`);
    if (page === undefined) return undefined;
    for (const entry of entriesOf(fieldOf(page, "entries"))) {
      const id = fieldOf(entry, "id");
      if (typeof id !== "string") continue;
      found.push({ kind: "access token", id, path: `/v1/auth/access-tokens/${encodeURIComponent(id)}` });
    }
  }
  return found;
}

function isOwnName(name: string, { prefix }: Cleaned): boolean {
  return name.trim().toLowerCase().startsWith(prefix);
}

/** Cleaning up goes on whatever happens to one request of it. */
async function tryToSend({ line, bearerToken }: Cleaned, sent: Sent): Promise<Answer | undefined> {
  try {
    return await line.send({ ...sent, bearerToken }, undefined);
  } catch (error) {
    if (error instanceof NotKnown) return undefined;
    throw error;
  }
}

import fc from "fast-check";
import { type Exchange, refuses, refusesFor, succeeds } from "./exchange.ts";
import { pickGroup } from "./groups.ts";
import { anyBy, anyIndex, operation, type Operation } from "./operation.ts";
import { pickUser, sidOf } from "./users.ts";
import { asking, type By, everyone, type World } from "./world.ts";

/** Whom a request names, and how. */
export interface Named {
  readonly who: "user" | "group" | "everyone";
  readonly index: number;
  readonly byName: boolean;
}

/** Whom a {@link Named} means. */
export interface Meant {
  /** As it stands in a body. */
  readonly body: object;
  /** As it stands in a query. */
  readonly text: string;
  /** `undefined` when the name is nobody's. */
  readonly id: string | undefined;
}

/** Anyone by any name. */
export const anyNamed: fc.Arbitrary<Named> = fc.record({
  who: fc.constantFrom("user", "user", "user", "group", "group", "everyone"),
  index: anyIndex,
  byName: fc.boolean(),
});

/** Puts a name to someone. The name of someone deleted is nobody's, or someone else's by now. */
export function meaning(world: World, { who, index, byName }: Named): Meant {
  if (who === "everyone") {
    return byName
      ? { body: { domain: "WORLD", name: "Everyone" }, text: "world:Everyone", id: everyone }
      : { body: { auth_id: everyone }, text: `auth_id:${everyone}`, id: everyone };
  }
  const { id, name } = who === "user" ? pickUser(world, index) : pickGroup(world, index);
  return byName
    ? { body: { domain: "LOCAL", name }, text: `local:${name}`, id: world.holderOf(name) }
    : { body: { auth_id: id }, text: `auth_id:${id}`, id };
}

/** Whether there is a user or group with this id, or it is everyone's. */
export function exists(world: World, id: string): boolean {
  return id === everyone || world.user(id) !== undefined || world.group(id) !== undefined;
}

/** An identity as it is answered; of someone deleted only the name is gone. */
export function identityBody(world: World, id: string): object {
  if (id === everyone) {
    return { domain: "WORLD", auth_id: id, uid: null, gid: null, sid: "S-1-1-0", name: "Everyone" };
  }
  const user = world.user(id);
  const group = world.group(id);
  return {
    domain: "LOCAL",
    auth_id: id,
    uid: numberOrNull(user?.uid),
    gid: numberOrNull(group?.gid),
    sid: sidOf(id),
    name: user?.name ?? group?.name ?? null,
  };
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || text === "" ? null : Number(text);
}

/** Looks an identity up. */
export const findIdentity = operation("findIdentity", (world, asked: { by: By; of: Named }): Exchange => {
  const { body, id } = meaning(world, asked.of);
  const request = { method: "POST", path: "/v1/identity/find", body, by: asked.by, needs: ["IDENTITY_READ"] };
  return asking(
    world,
    request,
    () => refusesFor({ unresolved: id === undefined }) ?? succeeds(identityBody(world, id ?? "")),
  );
});

/** Looks up who has a name. */
export const findName = operation("findName", (world, { by, name }: { by: By; name: string }): Exchange => {
  const id = world.holderOf(name);
  const request = { method: "POST", path: "/v1/identity/find", body: { domain: "LOCAL", name } };
  return asking(world, { ...request, by, needs: ["IDENTITY_READ"] }, () =>
    id === undefined ? refuses("unresolved") : succeeds(identityBody(world, id)),
  );
});

/** Any step about identities. */
export const anyIdentityOperation: fc.Arbitrary<Operation> = fc.record({ by: anyBy, of: anyNamed }).map(findIdentity);

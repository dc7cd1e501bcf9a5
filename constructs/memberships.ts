import { createHash } from "node:crypto";
import { dependable, type TerraformProvider, type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error.ts";
import type { IGrantee } from "./interfaces.ts";

interface Membership {
  readonly resource: TerraformResource;
  /** The group that it makes someone a member of; `undefined` for a role. */
  readonly group: IGrantee | undefined;
}

const membershipsOf = new WeakMap<IGrantee, readonly Membership[]>();
/** Each is made once: CDKTF records a stack trace with every reference. */
const dependables = new WeakMap<TerraformResource, string>();

/** Remembers who is a member of what, so that access tokens can wait for it. */
export function rememberMembership(member: IGrantee, membership: Membership): void {
  membershipsOf.set(member, [...(membershipsOf.get(member) ?? []), membership]);
}

/**
 * What to wait for until an account has its privileges, as far as it stands in the same stack: its memberships, and those
 * of its groups. Later ones are included once the program has ended.
 */
export function accessBeside(account: IGrantee, stack: TerraformStack): string[] {
  const memberships = membershipsOf.get(account) ?? [];
  const viaGroups = memberships.flatMap(({ group }) => (group === undefined ? [] : (membershipsOf.get(group) ?? [])));
  return [...memberships, ...viaGroups]
    .filter(({ resource }) => TerraformStack.of(resource) === stack)
    .map(({ resource }) => {
      const reference = dependables.get(resource) ?? dependable(resource);
      dependables.set(resource, reference);
      return reference;
    });
}

/**
 * Makes a resource wait for what is known once the program has ended. It is a list like any other, which aspects can
 * read, append to and replace.
 */
export function waitFor(resource: { dependsOn?: string[] }, find: () => readonly string[]): void {
  let list: string[] = [];
  Object.defineProperty(resource, "dependsOn", {
    enumerable: true,
    configurable: true,
    get: (): string[] | undefined => {
      for (const reference of find()) if (!list.includes(reference)) list.push(reference);
      return list.length === 0 ? undefined : list;
    },
    set: (given: readonly string[] | undefined) => {
      list = [...(given ?? [])];
    },
  });
}

/**
 * An id for the membership of one construct, among those of an owner. It comes from the member's place in its stack, so
 * it does not depend on names of variables, on the order of statements, or on the stack's own name.
 */
export function membershipId(owner: IConstruct, member: IConstruct): string {
  const stack = TerraformStack.of(member);
  const withinStack = member.node.path.slice(stack.node.path.length);
  const place = stack === TerraformStack.of(owner) ? withinStack : member.node.path;
  return `${member.node.id}-${createHash("sha256").update(place).digest("hex").slice(0, 8)}`;
}

/** Something that is reached through a provider. */
interface Reached extends IConstruct {
  readonly provider: TerraformProvider | undefined;
}

/** The two sides of a membership. */
export interface Sides {
  readonly owner: Reached;
  readonly member: Reached;
  /** The prop that names the member. */
  readonly prop: string;
}

/**
 * The provider of a membership: that of either side.
 *
 * @throws {ConstructError} when the sides are reached through different providers
 */
export function providerOfBoth(membership: IConstruct, { owner, member, prop }: Sides): TerraformProvider | undefined {
  const provider = owner.provider ?? member.provider;
  if (member.provider === undefined || member.provider === provider) return provider;
  throw new ConstructError(membership, {
    prop,
    problem: `${member.node.path} and ${owner.node.path} are reached through different providers.`,
    advice: "Give both the provider of the cluster where the membership is to be.",
  });
}

import { ApiError } from "../rules/api-error.ts";
import { clusterRecord, compareDecimals, type Context } from "../rules/context.ts";
import { type Identity, requireExisting, resolveIdentity } from "../rules/identities/identities.ts";
import { parseIdentityQuery } from "../rules/identities/identity-text.ts";
import type { SeedFault, SeedPath } from "./seed.ts";

/** A cluster that is being filled, and what is wrong with the seed so far. */
export class SeedBuilder {
  readonly context: Context;
  readonly faults: SeedFault[] = [];
  readonly #met = new Set<string>();

  constructor(context: Context) {
    this.context = context;
  }

  /** Records a mistake at a place in the seed. */
  refuse(path: SeedPath, message: string): void {
    this.faults.push({ path, message });
  }

  /** Records that a built-in object is in its list a second time, which the cluster's rules would not notice. */
  refuseAgain(path: SeedPath, name: string): void {
    const key = `${String(path[0])} ${name.toLowerCase()}`;
    if (this.#met.has(key)) this.refuse(path, `${name} is there twice`);
    this.#met.add(key);
  }

  /** Does one thing by the cluster's rules. If they refuse it, that is recorded, and filling goes on. */
  try<R>(path: SeedPath, work: () => R): R | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.refuse(path, error.message);
      return undefined;
    }
  }

  /** The identity that a text means, or `undefined` (and a fault) when it means none. */
  identify(path: SeedPath, text: string): Identity | undefined {
    return this.try(path, () => {
      const identity = resolveIdentity(this.context, parseIdentityQuery(text));
      if (!this.#wasDeleted(identity)) requireExisting(this.context, identity);
      return identity;
    });
  }

  /** Whether an id belonged to a deleted user or group, which leave memberships and access tokens behind. */
  #wasDeleted({ domain, authId, name }: Identity): boolean {
    const { nextAccountId } = clusterRecord(this.context);
    return domain === "LOCAL" && name === null && compareDecimals(authId, nextAccountId.toString()) < 0;
  }
}

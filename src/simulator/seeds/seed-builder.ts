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

  /** Notes what is wrong at a place. */
  refuse(path: SeedPath, message: string): void {
    this.faults.push({ path, message });
  }

  /** Refuses what is built in and stands in its list a second time, where the cluster's rules would not notice. */
  refuseAgain(path: SeedPath, name: string): void {
    const key = `${String(path[0])} ${name.toLowerCase()}`;
    if (this.#met.has(key)) this.refuse(path, `${name} is there twice`);
    this.#met.add(key);
  }

  /** Does one thing by the cluster's rules; what they refuse is noted, and the rest goes on. */
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

  /** Deleted users and groups leave memberships and access tokens behind; their ids were given once. */
  #wasDeleted({ domain, authId, name }: Identity): boolean {
    const { nextAccountId } = clusterRecord(this.context);
    return domain === "LOCAL" && name === null && compareDecimals(authId, nextAccountId.toString()) < 0;
  }
}

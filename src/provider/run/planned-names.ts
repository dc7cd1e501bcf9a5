/** What a run does to a name of a local user or group. */
export type PlannedName =
  /** It gives the name to an account that it makes; the id is decided during apply. */
  | { readonly kind: "made" }
  /** It gives the name to an account that is there already. */
  | { readonly kind: "given"; readonly authId: string }
  /** It takes the name away: by deleting the account, or by giving it another name. */
  | { readonly kind: "taken" };

/**
 * What one run does to the names of local users and groups, as far as it has planned it.
 *
 * Which account a name means can change during a run. An object that refers to an account by name depends on the resource that
 * creates or renames the account, so the engine plans that resource first, and its plan is recorded here by then.
 */
export class PlannedNames {
  readonly #names = new Map<string, PlannedName>();

  /** Records what the plan of one account does to its name; an account without an id is yet to be made. */
  plan(prior: { readonly id: string | null; readonly name: string } | undefined, name: string): void {
    if (typeof prior?.id !== "string") this.make(name);
    else if (prior.name !== name) this.rename(prior.id, { from: prior.name, to: name });
  }

  /** Records that a new account gets the name; also one that takes the place of an account of the same name. */
  make(name: string): void {
    this.#names.set(name.toLowerCase(), { kind: "made" });
  }

  /** Records that an account changes its name. */
  rename(authId: string, names: { readonly from: string; readonly to: string }): void {
    const [from, to] = [names.from.toLowerCase(), names.to.toLowerCase()];
    // Another account may have been given the old name before.
    if (from !== to && !this.#names.has(from)) this.#names.set(from, { kind: "taken" });
    this.#names.set(to, { kind: "given", authId });
  }

  /** Records that the account of this name is deleted. One that takes its place keeps the name. */
  delete(name: string): void {
    if (this.#names.get(name.toLowerCase())?.kind !== "made") this.#names.set(name.toLowerCase(), { kind: "taken" });
  }

  /** What this run does to the name; `undefined` when nothing. */
  find(name: string): PlannedName | undefined {
    return this.#names.get(name.toLowerCase());
  }
}

import { readFile } from "node:fs/promises";
import path from "node:path";

/** A package as a lock file of npm pins it. */
export interface PinnedPackage {
  /** Where the lock file has it: `node_modules/undici`. */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  /** As npm packages spell it; an SPDX expression in most. */
  readonly license: string | undefined;
  /** The SHA-512 of the file in npm's registry, in hexadecimal. */
  readonly sha512: string;
  /** The places of the packages that it needs, those for single kinds of machines included. */
  readonly needs: readonly string[];
}

interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A lock file of npm, read. */
export class Lock {
  readonly #file: string;
  readonly #packages: Readonly<Record<string, LockedPackage>>;

  private constructor(file: string, packages: Readonly<Record<string, LockedPackage>>) {
    this.#file = file;
    this.#packages = packages;
  }

  static async read(folder: string): Promise<Lock> {
    const file = path.join(folder, "package-lock.json");
    // npm documents this file.
    const { packages } = JSON.parse(await readFile(file, "utf8")) as {
      readonly packages: Readonly<Record<string, LockedPackage>>;
    };
    return new Lock(file, packages);
  }

  /** @throws {Error} for a package that the lock file does not pin by version and checksum */
  get(place: string): PinnedPackage {
    const { name, version, license, integrity = "", ...needs } = this.#packages[place] ?? {};
    const [, digest] = /^sha512-(\S+)$/.exec(integrity) ?? [];
    if (version === undefined || digest === undefined) throw new Error(`${this.#file} does not pin ${place}.`);
    return {
      place,
      name: name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      license,
      sha512: Buffer.from(digest, "base64").toString("hex"),
      needs: this.#resolve(place, needs),
    };
  }

  /** These packages, with all that they need, by their places. */
  closure(places: readonly string[]): ReadonlyMap<string, PinnedPackage> {
    const found = new Map<string, PinnedPackage>();
    const pending = [...places];
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      if (found.has(place)) continue;
      const pinned = this.get(place);
      found.set(place, pinned);
      pending.push(...pinned.needs);
    }
    return found;
  }

  /** The places of what the project itself needs at run time. */
  direct(): readonly string[] {
    return this.#resolve("", { dependencies: this.#packages[""]?.dependencies ?? {} });
  }

  #resolve(from: string, needs: Pick<LockedPackage, "dependencies" | "optionalDependencies">): readonly string[] {
    const names = [...Object.keys(needs.dependencies ?? {}), ...Object.keys(needs.optionalDependencies ?? {})];
    return [...new Set(names)].map((name) => this.#find(from, name)).sort();
  }

  /** Node looks beside a package's own folder, then in each folder above. */
  #find(from: string, name: string): string {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
      const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (place in this.#packages) return place;
      if (folder === "") throw new Error(`${this.#file} has no ${name}, which ${from} needs.`);
    }
  }
}

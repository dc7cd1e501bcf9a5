import type { Identity } from "../client/identities.ts";

const directories = ["ACTIVE_DIRECTORY", "POSIX_USER", "POSIX_GROUP", "WORLD"] as const;

/** A name that says who is meant, together with the world that it is of. */
export interface NamedIdentity {
  readonly domain: (typeof directories)[number];
  readonly name: string;
}

/** How people name somebody of a directory, or everyone; `undefined` where only the id says who is meant. */
export function namedIdentity({ domain, name }: Identity): NamedIdentity | undefined {
  const directory = directories.find((known) => known === domain);
  if (directory === undefined || name === undefined) return undefined;
  // A name that ends otherwise after it was read, or in an engine, would be another one.
  const isSafe = name.trim() === name && name !== "" && name.normalize("NFC") === name;
  return isSafe ? { domain: directory, name } : undefined;
}

import type { Identity } from "../client/identities.ts";

const directories = ["ACTIVE_DIRECTORY", "POSIX_USER", "POSIX_GROUP", "WORLD"] as const;

/** A name that identifies somebody, together with its domain. */
export interface NamedIdentity {
  readonly domain: (typeof directories)[number];
  readonly name: string;
}

/** The name of somebody from a directory, or of everyone; `undefined` if only the id identifies them. */
export function namedIdentity({ domain, name }: Identity): NamedIdentity | undefined {
  const directory = directories.find((known) => known === domain);
  if (directory === undefined || name === undefined) return undefined;
  // A name that ends otherwise after it was read, or in an engine, would be another one.
  const isSafe = name.trim() === name && name !== "" && name.normalize("NFC") === name;
  return isSafe ? { domain: directory, name } : undefined;
}

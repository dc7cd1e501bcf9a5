import fc from "fast-check";
import type { Exchange } from "./exchange.ts";
import type { By, World } from "./world.ts";

/** One step of a sequence: it changes the model, and says what to ask the cluster and what must come back. */
export interface Operation {
  /** `undefined` when the step only moves the clock. */
  readonly step: (world: World) => Exchange | undefined;
  /** How it reads in a failing sequence. */
  readonly [fc.toStringMethod]: () => string;
}

/** Makes a kind of step, which reads as a call of it with its arguments. */
export function operation<A>(
  name: string,
  step: (world: World, asked: A) => Exchange | undefined,
): (asked: A) => Operation {
  return (asked) => ({
    step: (world) => step(world, asked),
    [fc.toStringMethod]: () => `${name}(${JSON.stringify(asked)})`,
  });
}

/** Which version a write says that it has read: none, the present one, a former one, or any. */
export type IfMatch = "absent" | "present" | "former" | "any";

/** The value of an If-Match header for an object with this ETag. */
export function ifMatchOf(world: World, asked: IfMatch, tag: string | undefined): string | undefined {
  switch (asked) {
    case "absent":
      return undefined;
    case "present":
      return tag ?? `"none"`;
    case "former":
      return world.formerTags.get(tag ?? "")?.[0] ?? `"never"`;
    case "any":
      return "*";
  }
}

/** Whether a write with this If-Match must be refused. */
export function isStale(asked: IfMatch): boolean {
  return asked === "former";
}

/** Arguments that most steps share. */
export const anyIndex = fc.nat({ max: 30 });

export const anyBy: fc.Arbitrary<By> = fc.oneof(
  { arbitrary: fc.constant("admin" as const), weight: 8 },
  { arbitrary: anyIndex, weight: 6 },
  { arbitrary: fc.constant("nobody" as const), weight: 1 },
);

export const anyIfMatch: fc.Arbitrary<IfMatch> = fc.oneof(
  { arbitrary: fc.constant("absent" as const), weight: 3 },
  { arbitrary: fc.constantFrom("present", "former", "any" as const), weight: 2 },
);

export const rarely = fc.nat({ max: 19 }).map((chance) => chance === 19);

/** Names of users and groups, few enough to clash. */
export const accountNames = ["ann", "Ann", "bob", "lab", "ops", "eve"] as const;

export const anyAccountName = fc.oneof(
  { arbitrary: fc.constantFrom(...accountNames), weight: 12 },
  { arbitrary: fc.constantFrom("", "a/b", " x"), weight: 1 },
);

export function isAccountName(name: string): boolean {
  return !["", "a/b", " x"].includes(name);
}

/** Ids of POSIX, few enough to clash; the last one is none. */
export const anyPosixId = fc.oneof(
  { arbitrary: fc.constantFrom("", "70001", "70002"), weight: 16 },
  { arbitrary: fc.constant("seven"), weight: 1 },
);

export function isPosixId(text: string): boolean {
  return text !== "seven";
}

/** Passwords; the last one is too plain. */
export const anyPassword = fc.oneof(
  { arbitrary: fc.constantFrom("First-Passw0rd", "Second-Passw0rd"), weight: 8 },
  { arbitrary: fc.constant("plainplain"), weight: 1 },
);

export function isWeak(password: string): boolean {
  return password === "plainplain";
}

/** What rules look at. Each rule says what of it it needs, and each gap what of it is not known. */
export type Need =
  /** Which privileges a role has. */
  | "privileges"
  /** Which role somebody is given, and what it is called. */
  | "roles"
  /** Who is a member of a role or a group. */
  | "members"
  /** Whom an access token authenticates. */
  | "token-users"
  /** Whether an access token is enabled. */
  | "token-states"
  /** Whether an access token ends. */
  | "token-ends"
  /** How long an access token lives. */
  | "token-lives"
  /** What an account or a role is called. */
  | "names";

/** What is on a cluster besides the plan, and what a resource of an unknown type may do: anything. */
export const allNeeds: readonly Need[] = [
  ...(["privileges", "roles", "members", "token-users"] as const),
  ...(["token-states", "token-ends", "token-lives", "names"] as const),
];

/** Something that decides about access and is not known: for a person to look at. */
export interface Gap {
  /** The resource that decides; `undefined` for what stands on the cluster besides the plan. */
  readonly address: string | undefined;
  /** What is not known, as a sentence. */
  readonly what: string;
  /** What rules that need one of these cannot tell. */
  readonly lacks: readonly Need[];
  /** What was met instead of it, where that is not a value that is decided during apply. */
  readonly got?: string;
  /** What to do, where that is more than to look. */
  readonly todo?: string;
}

/** The kinds of knowledge that rules use. Each rule lists those that it needs, and each gap those that are missing. */
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

/** Something that decides about access but is not known, so that a person must look at it. */
export interface Gap {
  /** The resource that decides; `undefined` for what stands on the cluster besides the plan. */
  readonly address: string | undefined;
  /** What is not known, as a sentence. */
  readonly what: string;
  /** The knowledge that is missing: rules that need any of it cannot decide. */
  readonly lacks: readonly Need[];
  /** What was found instead of it, if that is not a value that is decided during apply. */
  readonly got?: string;
  /** What to do, if that is more than to look. */
  readonly todo?: string;
}

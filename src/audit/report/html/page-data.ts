/** What the plan does with something: nothing, or what the page marks. */
export type Mark = "kept" | "added" | "removed" | "changed";

/** An identity, as the page draws it. */
export interface PageIdentity {
  readonly label: string;
  readonly isGroup: boolean;
  readonly mark: Mark;
  readonly address?: string | undefined;
  /** Whether not all of its privileges are known. */
  readonly needsReview: boolean;
  /** The gravest finding about it: from 0 for none to 4 for critical. */
  readonly gravest: number;
  /** The gravest that the plan brings about. */
  readonly gravestNew: number;
  /** Its place among all identities of the page: what changes comes first, and of it what is gravest. */
  readonly rank: number;
  /** One mark for each series of access tokens. */
  readonly tokens: readonly Mark[];
  /** The plans that it belongs to: indexes into {@link PageData.plans}. */
  readonly plans?: readonly number[] | undefined;
}

/** A role, as the page draws it. */
export interface PageRole {
  readonly name: string;
  readonly mark: Mark;
  readonly address?: string | undefined;
  readonly isComplete: boolean;
  /** The plan that declares it, or those of the cluster: indexes into {@link PageData.plans}. */
  readonly plans?: readonly number[] | undefined;
  /** Indexes into {@link PageData.privileges}. */
  readonly kept: readonly number[];
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

/** A line of the graph. The ends are indexes into the lists of the same graph. */
export interface PageLine {
  readonly kind: "role" | "group";
  /** The identity that is the member. */
  readonly from: number;
  /** A role, or for `group` an identity. */
  readonly to: number;
  readonly mark: Mark;
}

/** Who has which role on one cluster. */
export interface PageGraph {
  readonly cluster?: string | undefined;
  readonly identities: readonly PageIdentity[];
  readonly roles: readonly PageRole[];
  readonly lines: readonly PageLine[];
}

/** A part of the time line, in milliseconds since 1970. */
export interface PageSpan {
  readonly kind: "old" | "new" | "overlap" | "cut" | "disabled";
  /** Absent where it is not known. */
  readonly from?: number | undefined;
  /** Absent where it never ends, or where the end is not known. */
  readonly to?: number | undefined;
  readonly end: "known" | "never" | "unknown";
}

/** A series of access tokens on the time line. */
export interface PageTokenLife {
  readonly place: string;
  readonly identity: string;
  readonly cluster?: string | undefined;
  readonly mark: Mark;
  /** What happens, such as `rotated: the old token works until 2026-03-03 08:00, the new one works until 2026-05-31`. */
  readonly words: string;
  readonly spans: readonly PageSpan[];
}

/** A privilege and what it can do in the wrong hands. */
export interface PagePrivilege {
  readonly name: string;
  /** Index into {@link PageData.risks}. */
  readonly risk: number;
}

/** All that the page's own program is given. */
export interface PageData {
  readonly kind: "plan" | "state";
  /** The names of the plans; none where there is only one. */
  readonly plans: readonly string[];
  /** When the audit ran. */
  readonly now: number;
  readonly risks: readonly string[];
  readonly privileges: readonly PagePrivilege[];
  readonly graphs: readonly PageGraph[];
  readonly tokens: readonly PageTokenLife[];
}

import type { ClusterTokens } from "./inventory.ts";

/** The content of every format of this command. */
export interface TokensReport {
  readonly clusters: readonly ClusterTokens[];
  /** Whether certain tokens were looked for, rather than all of them. */
  readonly isSelective: boolean;
  /** Whether states were given, so that a token without a place is one that they do not manage. */
  readonly hasStates: boolean;
}

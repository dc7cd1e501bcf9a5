import type { Mark } from "../page-data.ts";

/** The sign before what changes: colors alone tell not everybody. */
export const signs: Readonly<Record<Mark, string>> = { kept: "", added: "+", removed: "−", changed: "~" };

/** What marks are called. */
export const markNames: Readonly<Record<Mark, string>> = {
  kept: "stays",
  added: "new",
  removed: "gone",
  changed: "changes",
};

/** What findings are called, from none to critical. */
export const gravities = ["", "low", "medium", "high", "critical"] as const;

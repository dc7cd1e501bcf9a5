import type { Severity } from "../gate/severity.ts";
import type { PlanRule } from "./rule.ts";

const severityByType: Readonly<Record<string, Severity>> = { qumulo_access_token: "high" };

/** The engine forgets what stays on the cluster. */
export const forgottenAccess: PlanRule = {
  kind: "plan",
  id: "forgotten-access",
  severity: "medium",
  title: "Access stays on the cluster and is no longer managed",
  needs: [],
  check: ({ plan }) =>
    plan.objects
      .filter(({ action, mode }) => action === "forget" && mode === "managed")
      .map(({ address, type }) => ({
        severity: severityByType[type] ?? "medium",
        what:
          type === "qumulo_access_token"
            ? `${address} is forgotten: its bearer token keeps working, and nothing rotates or deletes it.`
            : `${address} is forgotten: it stays on the cluster as it is, and no plan shows its changes.`,
        got: "forget",
        allowed: "delete, or keep managing it",
        todo: "Delete it instead, or write down who looks after it from now on.",
        address,
      })),
};

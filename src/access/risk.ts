import { findPrivilegeRisk, type PrivilegeRisk } from "../vocabulary/privileges.ts";

/** What the risk of a privilege is called. */
export interface RiskWords {
  /** A heading over privileges of this risk. */
  readonly title: string;
  /** Continues the name of a privilege: `PRIVILEGE_ROLE_WRITE leads to administrator rights`. */
  readonly meaning: string;
  /** Continues the name of whoever holds it: `local:svc can gain further rights …`. */
  readonly can: string;
}

/** All words about risks, gravest first. The risks themselves are those of `src/vocabulary/privileges.ts`. */
export const riskWords: Readonly<Record<PrivilegeRisk | "unknown", RiskWords>> = {
  escalation: {
    title: "Gains more rights",
    meaning: "leads to administrator rights",
    can: "can gain further rights, or act as someone else",
  },
  data: {
    title: "Bypasses file permissions",
    meaning: "bypasses file permissions",
    can: "reaches data beyond file permissions",
  },
  secret: { title: "Reads secrets", meaning: "shows secrets", can: "can read secrets of the cluster" },
  tamper: {
    title: "Weakens protection",
    meaning: "weakens the audit trail or protection",
    can: "can weaken the audit trail or the protection of data",
  },
  availability: {
    title: "Can interrupt service",
    meaning: "can interrupt service",
    can: "can interrupt service or delete protection",
  },
  internal: {
    title: "Internal to Qumulo",
    meaning: "has no known use outside Qumulo",
    can: "holds privileges without any known use outside Qumulo",
  },
  none: { title: "Plain", meaning: "", can: "holds privileges without a risk" },
  unknown: {
    title: "Not known to this version",
    meaning: "is not known to this version",
    can: "holds privileges that are not known to this version",
  },
};

/** The risk of a privilege; `unknown` for a name that this version does not know. */
export function riskOf(privilege: string): PrivilegeRisk | "unknown" {
  return findPrivilegeRisk(privilege) ?? "unknown";
}

/** The privileges that let their holder gain more, of these. */
export function escalatingOf(privileges: Iterable<string>): readonly string[] {
  return [...privileges].filter((name) => riskOf(name) === "escalation");
}

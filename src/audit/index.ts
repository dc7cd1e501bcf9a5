/**
 * Audits plans and states of OpenTofu and Terraform: who can do what on a Qumulo cluster afterwards that they could not
 * before, which access tokens appear or end, and what is wrong with it.
 *
 * It reads the JSON of `show -json`, makes no requests, and its results contain no secrets of what it reads.
 *
 * @packageDocumentation
 */
export { audit, type Audit, auditFleet, type AuditOptions, type FleetOptions } from "./audit.ts";
export { AuditError, type AuditErrorKind } from "./audit-error.ts";
export { type AccessChange, isChange, type PrivilegePath } from "./access/access-changes.ts";
export type {
  AccessSide,
  ClusterAccess,
  Grant,
  IdentityAccess,
  RoleView,
  TokenOrigin,
  TokenView,
} from "./access/access.ts";
export type { ClusterFacts, IdentityFacts, ReadAddress } from "./access/facts.ts";
export type { Gap, Need } from "./access/gap.ts";
export type { GivenReference } from "./compare/reference.ts";
export type { TokenEvent, TokenEventKind } from "./access/token-events.ts";
export type { Finding, FindingKind, Location } from "./finding.ts";
export { type AuditedPlan, type FleetPlan, mostPlans, type ReadablePlan, type UnreadablePlan } from "./fleet.ts";
export { type BaselineEntry, type Judged, parseBaseline } from "./gate/baseline.ts";
export { parsePolicy, type Policy } from "./gate/policy.ts";
export { isAtLeast, severities, type Severity } from "./gate/severity.ts";
export { type Gate, type Judgeable, type Verdict, verdictOf } from "./gate/verdict.ts";
export type { Value } from "./plan/attributes.ts";
export { decodeShownJson } from "./plan/decode-json.ts";
export type { ObjectAction } from "./plan/plan.ts";
export { parseAddress, type ResourceAddress } from "./plan/resource-address.ts";
export { redactDocument } from "./redact.ts";
export { renderGithubReport } from "./report/github-report.ts";
export { renderHtmlReport } from "./report/html/html-report.ts";
export { type JsonReport, renderJsonReport, reportVersion } from "./report/json-report.ts";
export { renderJunitReport } from "./report/junit-report.ts";
export { renderMarkdownReport } from "./report/markdown-report.ts";
export { renderSarifReport } from "./report/sarif-report.ts";
export { renderTextReport } from "./report/text-report.ts";
export type { ReportOptions } from "./report/report-options.ts";
export type { Cause, RuleFacts } from "./rules/rule.ts";

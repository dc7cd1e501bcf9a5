import { type Clock, systemClock } from "../src/vocabulary/clock.ts";
import { defaultOverlap } from "../src/vocabulary/duration.ts";
import { instantOf, parseInstant } from "../src/vocabulary/instant.ts";
import { builtInGroups } from "../src/vocabulary/local-groups.ts";
import { isSameRoleName } from "../src/vocabulary/role-name.ts";
import type { AccessSubject, SubjectValue } from "./access-subject.ts";
import { Duration } from "./duration.ts";

/** One way in which a construct breaks a rule. Holds no secret. */
export interface AccessFinding {
  /** What was looked at, such as `expiresIn`. */
  readonly what: string;
  /** What the construct has. */
  readonly got: string;
  /** What the rule allows. */
  readonly allowed: string;
  /** What to do next, as a sentence. */
  readonly advice: string;
  /**
   * Whether the finding stops the synthesis or only warns.
   *
   * @default - as the policy's own level says
   */
  readonly level?: "error" | "warning" | undefined;
}

/**
 * A rule: from one thing that gives access to what is wrong with it. The same subject always gives the same findings.
 *
 * @example
 * const prefixedRoles: AccessRule = (subject) =>
 *   subject.kind === "role" && subject.name.kind === "known" && !subject.name.value.includes("-")
 *     ? [{ what: "name", got: subject.name.value, allowed: "team-task", advice: "Begin with the team's name." }]
 *     : [];
 */
export type AccessRule = (subject: AccessSubject) => readonly AccessFinding[];

/** No token works longer than so long; one without an end works longer than any. */
export function maxTokenLife(longest: Duration, clock: Clock = systemClock): AccessRule {
  return (subject) => {
    if (subject.kind !== "access token") return [];
    const { expiresIn, expirationTime } = subject;
    const allowed = `${longest.toString()} at most`;
    if (expiresIn.kind === "absent" && expirationTime.kind === "absent") {
      const advice = `Give expiresIn, ${longest.toString()} or shorter.`;
      return [{ what: "life of the access token", got: "it never expires", allowed, advice }];
    }
    if (expiresIn.kind === "known" && expiresIn.value.isLongerThan(longest)) {
      return [{ what: "expiresIn", got: expiresIn.value.toString(), allowed, advice: "Give a shorter duration." }];
    }
    if (expirationTime.kind !== "known" || !isLaterThan(expirationTime.value, longest, clock)) return [];
    const advice = "Give an earlier time, or expiresIn for a token that is replaced from time to time.";
    return [{ what: "expirationTime", got: expirationTime.value, allowed: `${allowed} from now on`, advice }];
  };
}

function isLaterThan(time: string, longest: Duration, clock: Clock): boolean {
  const instant = parseInstant(time);
  if (instant === undefined || longest.seconds === undefined) return false;
  return instant > instantOf(clock.now()) + BigInt(longest.seconds) * 1_000_000_000n;
}

/** Every token is rotated before it ends. */
export const rotationRequired: AccessRule = (subject) => {
  if (subject.kind !== "access token") return [];
  const missing = [
    ...(subject.expiresIn.kind === "absent" ? ["expiresIn"] : []),
    ...(subject.rotateBeforeExpiry.kind === "absent" ? ["rotateBeforeExpiry"] : []),
  ];
  if (missing.length === 0) return [];
  const names = missing.join(" and ");
  const allowed = "only tokens that are rotated before they end";
  return [{ what: "rotation", got: `no ${names}`, allowed, advice: `Give ${names}.` }];
};

/** After a rotation, the old token works for so long at least. */
export function minOverlap(shortest: Duration): AccessRule {
  return (subject) => {
    if (subject.kind !== "access token") return [];
    const overlap = orDefault(subject.overlap);
    if (overlap.kind !== "known" || !shortest.isLongerThan(overlap.value)) return [];
    const got = subject.overlap.kind === "absent" ? `${defaultOverlap}, since none is given` : overlap.value.toString();
    const advice = "Give a longer overlap, so that there is time to hand the new token out.";
    return [{ what: "overlap", got, allowed: `${shortest.toString()} at least`, advice }];
  };
}

function orDefault(overlap: SubjectValue<Duration>): SubjectValue<Duration> {
  return overlap.kind === "absent" ? { kind: "known", value: Duration.parse(defaultOverlap) } : overlap;
}

/** Roles give no other privileges than these. */
export function allowedPrivileges(privileges: readonly string[]): AccessRule {
  return (subject) => {
    const others = privilegesOf(subject).filter((privilege) => !privileges.includes(privilege));
    if (others.length === 0) return [];
    const allowed = privileges.length === 0 ? "none" : privileges.join(", ");
    return [
      { what: "privileges", got: others.join(", "), allowed, advice: `Remove ${others.join(", ")} from the role.` },
    ];
  };
}

/** Roles give none of these privileges. */
export function forbiddenPrivileges(privileges: readonly string[]): AccessRule {
  return (subject) => {
    const met = privilegesOf(subject).filter((privilege) => privileges.includes(privilege));
    if (met.length === 0) return [];
    const allowed = `none of ${privileges.join(", ")}`;
    return [{ what: "privileges", got: met.join(", "), allowed, advice: `Remove ${met.join(", ")} from the role.` }];
  };
}

function privilegesOf(subject: AccessSubject): readonly string[] {
  return subject.kind === "role" ? subject.privileges : [];
}

const administrators = "Administrators";

/** Nobody becomes a member of the role or of the group of administrators. */
export const noAdministrators: AccessRule = (subject) => {
  const allowed = `no member of ${administrators}`;
  const advice = "Grant a role that has just the privileges that are needed.";
  if (subject.kind === "role membership" && subject.role.kind === "known") {
    const got = subject.role.value;
    return isSameRoleName(got, administrators) ? [{ what: "role", got, allowed, advice }] : [];
  }
  if (subject.kind !== "group membership" || subject.groupId.kind !== "known") return [];
  const got = `${subject.groupId.value} (${administrators})`;
  return subject.groupId.value === builtInGroups.Administrators ? [{ what: "group", got, allowed, advice }] : [];
};

/** Service accounts have names of this form. */
export function accountNames(pattern: RegExp): AccessRule {
  // A pattern with a memory of its last match would judge the same name differently the next time.
  const stateless = new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, ""));
  return (subject) => {
    if (subject.kind !== "local user" || subject.name.kind !== "known" || stateless.test(subject.name.value)) return [];
    const advice = "Choose another name, or leave the account as it is and adapt the policy.";
    return [{ what: "name", got: subject.name.value, allowed: String(pattern), advice }];
  };
}

import { inspect, types } from "node:util";
import { Annotations, type IAspect, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import {
  accountNames,
  type AccessFinding,
  type AccessRule,
  allowedPrivileges,
  forbiddenPrivileges,
  maxTokenLife,
  minOverlap,
  noAdministrators,
  rotationRequired,
} from "./access-rules.ts";
import { type AccessSubject, readSubjects } from "./access-subject.ts";
import { ConstructError, type PropFault } from "./construct-error.ts";
import { Duration } from "./duration.ts";
import { applyBelow } from "./inherited-aspects.ts";
import { refuseUnknownProps } from "./known-props.ts";
import type { Privilege } from "./privilege.ts";

/** The props of {@link AccessPolicy}. A rule that is left out is not applied. */
export interface AccessPolicyProps {
  /** How long an access token may live at most. Tokens that never expire are refused with it. */
  readonly maxTokenLife?: Duration | undefined;
  /** Whether each access token must be rotated before its end: `expiresIn` and `rotateBeforeExpiry`. */
  readonly requireRotation?: boolean | undefined;
  /** How long the old token must keep working after a rotation at least. */
  readonly minOverlap?: Duration | undefined;
  /** The privileges that roles may give; no others. */
  readonly allowedPrivileges?: readonly Privilege[] | undefined;
  /** The privileges that no role may give. */
  readonly forbiddenPrivileges?: readonly Privilege[] | undefined;
  /** Whether nobody may become a member of the role or the local group `Administrators`. */
  readonly forbidAdministrators?: boolean | undefined;
  /** What names of service accounts look like, such as `/^svc-/`. */
  readonly accountNames?: RegExp | undefined;
  /** Your own rules. */
  readonly rules?: readonly AccessRule[] | undefined;
  /**
   * Whether findings stop the synthesis, or only warn: for a policy that is new to an old program.
   *
   * @default "error"
   */
  readonly level?: "error" | "warning" | undefined;
}

/**
 * Rules about access that a program must keep. They are checked while it is synthesized, and all findings are shown at
 * once, each at the construct that breaks a rule. What only the engine will know is not judged. Constructs and generated
 * bindings are judged alike.
 *
 * @example
 * AccessPolicy.applyTo(app, {
 *   maxTokenLife: Duration.days(90),
 *   requireRotation: true,
 *   forbidAdministrators: true,
 *   forbiddenPrivileges: Privileges.accessManagement(),
 *   accountNames: /^svc-/,
 * });
 */
export class AccessPolicy implements IAspect {
  readonly #rules: readonly AccessRule[];
  readonly #level: "error" | "warning";
  readonly #seen = new WeakSet<IConstruct>();

  /** @throws {ConstructError} when a prop is not acceptable */
  constructor(props: AccessPolicyProps) {
    refuseUnknownProps(policyPlace, props, valueChecks);
    for (const fault of findFaults(props)) throw new ConstructError(policyPlace, fault);
    this.#rules = rulesOf(props);
    this.#level = props.level ?? "error";
  }

  /**
   * Applies a policy to all that is below a scope: an app, a stack or a part of a stack. What is added to the scope later
   * is included.
   */
  static applyTo(scope: IConstruct, props: AccessPolicyProps): AccessPolicy {
    const policy = new AccessPolicy(props);
    applyBelow(scope, policy, (stack) => policy.#visitLast(stack));
    return policy;
  }

  /** Looks at one construct, and writes what is wrong with it on the construct. Called while synthesizing. */
  visit(construct: IConstruct): void {
    if (this.#seen.has(construct)) return;
    this.#seen.add(construct);
    for (const subject of readSubjects(construct)) this.#annotate(subject);
  }

  #annotate(subject: AccessSubject): void {
    const annotations = Annotations.of(subject.construct);
    for (const finding of this.#findingsOn(subject)) {
      if (this.#isError(finding)) annotations.addError(render(subject, finding));
      else annotations.addWarning(render(subject, finding));
    }
  }

  #findingsOn(subject: AccessSubject): readonly AccessFinding[] {
    return this.#rules.flatMap((rule) => rule(subject));
  }

  #isError({ level }: AccessFinding): boolean {
    return (level ?? this.#level) === "error";
  }

  /** The errors in a stack that no aspect has reached: it is too late for annotations. */
  #visitLast(stack: TerraformStack): string[] {
    const subjects = stack.node.findAll().flatMap(readSubjects);
    return subjects.flatMap((subject) =>
      this.#findingsOn(subject)
        .filter((finding) => this.#isError(finding))
        .map((finding) => `${subject.construct.node.path}: ${render(subject, finding)}`),
    );
  }
}

/** A policy is not a construct: its errors begin with its own name. */
const policyPlace = "AccessPolicy";

type ValueCheck = readonly [accepted: string, isAccepted: (value: unknown) => boolean];

const duration: ValueCheck = ["a Duration, such as Duration.days(90)", (value) => value instanceof Duration];
const boolean: ValueCheck = ["true or false", (value) => typeof value === "boolean"];
const list: ValueCheck = ["a list", (value) => Array.isArray(value)];

/** A value of another type could switch a rule off without a word, in a program that no compiler checks. */
const valueChecks: Readonly<Record<keyof AccessPolicyProps, ValueCheck>> = {
  maxTokenLife: duration,
  requireRotation: boolean,
  minOverlap: duration,
  allowedPrivileges: list,
  forbiddenPrivileges: list,
  forbidAdministrators: boolean,
  accountNames: ["a regular expression, such as /^svc-/", types.isRegExp],
  rules: list,
  level: ['"error" or "warning"', (value) => value === "error" || value === "warning"],
};

function findFaults(props: AccessPolicyProps): readonly PropFault[] {
  return Object.entries(valueChecks).flatMap(([prop, [accepted, isAccepted]]) => {
    const value: unknown = props[prop as keyof AccessPolicyProps];
    if (value === undefined || isAccepted(value)) return [];
    return [{ prop, problem: `${inspect(value, { depth: 0 })} is not accepted.`, advice: `Give ${accepted}.` }];
  });
}

function rulesOf(props: AccessPolicyProps): readonly AccessRule[] {
  const { maxTokenLife: longest, minOverlap: shortest, accountNames: pattern } = props;
  return [
    ...(longest === undefined ? [] : [maxTokenLife(longest)]),
    ...(props.requireRotation === true ? [rotationRequired] : []),
    ...(shortest === undefined ? [] : [minOverlap(shortest)]),
    ...(props.allowedPrivileges === undefined ? [] : [allowedPrivileges(props.allowedPrivileges)]),
    ...(props.forbiddenPrivileges === undefined ? [] : [forbiddenPrivileges(props.forbiddenPrivileges)]),
    ...(props.forbidAdministrators === true ? [noAdministrators] : []),
    ...(pattern === undefined ? [] : [accountNames(pattern)]),
    ...(props.rules ?? []),
  ];
}

function render({ address }: AccessSubject, { what, got, allowed, advice }: AccessFinding): string {
  const of = address === undefined ? "" : ` of ${address}, which an override of the stack adds,`;
  return `Access policy: ${what}${of} is not allowed: got ${got}; allowed: ${allowed}. ${advice}`;
}

import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { systemClock } from "../src/vocabulary/clock.ts";
import { instantForm, instantOf, parseInstant } from "../src/vocabulary/instant.ts";
import { ConstructError, type PropFault } from "./construct-error.ts";
import type { IssueTokenProps } from "./interfaces.ts";
import { known } from "./known.ts";

/**
 * Checks what the props say about the life of a token, each and together, as far as the program knows them.
 *
 * @throws {ConstructError} when no cluster would make such a token
 */
export function checkLife(token: IConstruct, props: IssueTokenProps): void {
  for (const check of [checkEnds, checkExpirationTime, checkExpiresIn, checkRotation, checkOverlap]) {
    const fault = check(props);
    if (fault !== undefined) throw new ConstructError(token, fault);
  }
  const warnings = [warnOfEndlessLife(props), warnOfPast(props), warnOfShortOverlap(props)];
  for (const warning of warnings) {
    if (warning !== undefined) Annotations.of(token).addWarning(warning);
  }
}

function checkEnds({ expiresIn, expirationTime, neverExpires }: IssueTokenProps): PropFault | undefined {
  if (expiresIn !== undefined && expirationTime !== undefined) {
    return {
      prop: "expiresIn",
      problem: "expirationTime is given as well, and a token has one end.",
      advice:
        "Keep expiresIn for a token that is replaced from time to time, or expirationTime for one that ends then.",
    };
  }
  if (neverExpires !== true || (expiresIn === undefined && expirationTime === undefined)) return undefined;
  return {
    prop: "neverExpires",
    problem: `${expiresIn === undefined ? "expirationTime" : "expiresIn"} is given as well.`,
    advice: "Remove one of them.",
  };
}

function checkExpirationTime({ expirationTime }: IssueTokenProps): PropFault | undefined {
  const text = known(expirationTime);
  if (text === undefined || parseInstant(text) !== undefined) return undefined;
  return {
    prop: "expirationTime",
    problem: `"${text}" is not a time.`,
    advice: `Give ${instantForm}, or give expiresIn.`,
  };
}

function checkExpiresIn({ expiresIn }: IssueTokenProps): PropFault | undefined {
  if (expiresIn?.seconds !== 0) return undefined;
  return { prop: "expiresIn", problem: "The token would expire at once.", advice: "Give a duration, such as 90 days." };
}

function checkRotation({ expiresIn, rotateBeforeExpiry }: IssueTokenProps): PropFault | undefined {
  if (rotateBeforeExpiry === undefined) return undefined;
  const prop = "rotateBeforeExpiry";
  if (expiresIn === undefined) {
    return {
      prop,
      problem: "It counts from the end of each token, and only expiresIn gives the new token a new end.",
      advice: "Give expiresIn as well, such as 90 days, or leave this out.",
    };
  }
  if (rotateBeforeExpiry.seconds === 0) {
    return {
      prop,
      problem: "The token would have expired before it is rotated.",
      advice: "Give a duration, such as 14 days.",
    };
  }
  if ((rotateBeforeExpiry.compareTo(expiresIn) ?? -1) < 0) return undefined;
  return {
    prop,
    problem: `${rotateBeforeExpiry.toString()} is not shorter than expiresIn, ${expiresIn.toString()}, so every plan would rotate the token.`,
    advice: "Give a shorter duration.",
  };
}

/** An old token never works longer than it would have anyway: a longer overlap promises what does not come. */
function checkOverlap({ expiresIn, overlap }: IssueTokenProps): PropFault | undefined {
  if (expiresIn === undefined || overlap?.isLongerThan(expiresIn) !== true) return undefined;
  return {
    prop: "overlap",
    problem: `${overlap.toString()} is longer than the token lives: expiresIn is ${expiresIn.toString()}.`,
    advice: "Give a duration that is no longer than expiresIn.",
  };
}

function warnOfEndlessLife({ expiresIn, expirationTime, neverExpires }: IssueTokenProps): string | undefined {
  if (expiresIn !== undefined || expirationTime !== undefined || neverExpires === true) return undefined;
  return "The access token never expires: whoever gets hold of the bearer token can use it until somebody deletes the access token. Give expiresIn, such as Duration.days(90), or set neverExpires: true if that is intended.";
}

/** No error: a token that has expired since it was issued must not keep the rest of the program from being deployed. */
function warnOfPast({ expirationTime }: IssueTokenProps): string | undefined {
  const text = known(expirationTime);
  const instant = text === undefined ? undefined : parseInstant(text);
  if (text === undefined || instant === undefined || instant > instantOf(systemClock.now())) return undefined;
  return `expirationTime ${text} is in the past. The cluster no longer accepts the token and creates none like it: choose a later time, or remove the token.`;
}

function warnOfShortOverlap({ overlap, rotateBeforeExpiry }: IssueTokenProps): string | undefined {
  if (rotateBeforeExpiry === undefined || overlap?.isLongerThan(rotateBeforeExpiry) !== true) return undefined;
  return `overlap ${overlap.toString()} may end early: after a rotation the old token ends with its own life, at most rotateBeforeExpiry, ${rotateBeforeExpiry.toString()}, after that. Make rotateBeforeExpiry at least as long as overlap.`;
}

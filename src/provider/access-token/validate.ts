import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { Diagnostics } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { durationForm, longestDuration, parseDuration } from "../../vocabulary/duration.ts";
import { identityForms, isNeverUser, parseIdentityText } from "../../vocabulary/identity-text.ts";
import { instantForm, parseInstant } from "../../vocabulary/instant.ts";
import { isTokenId } from "../attribute/id.ts";
import { validateRecipients } from "./secret/recipients.ts";
import { msOf } from "./token/duration.ts";
import { groupRefusal } from "./user/user-text.ts";

/** Refuses texts that name no identity, and those that can only name a group. */
export const userValidator: Validator<string> = {
  check(text) {
    const parsed = parseIdentityText(text);
    if (parsed.kind === "invalid") {
      return { summary: "User is invalid", detail: `user is "${text}". ${parsed.reason} Give ${identityForms}.` };
    }
    return isNeverUser(parsed.identity) ? groupRefusal(text) : undefined;
  },
};

/** Refuses what is not a time, and times without an offset, which would mean another instant on another machine. */
export const expirationTimeValidator: Validator<string> = {
  check(text) {
    if (parseInstant(text) !== undefined) return undefined;
    return {
      summary: "Expiration time is not a time",
      detail: `expiration_time is "${text}". Give ${instantForm}, or leave it out for a token that never expires.`,
    };
  },
};

/** Refuses what is not a duration, or too long to count from any time. */
export function durationValidator(name: string): Validator<string> {
  return {
    check(text) {
      const ms = parseDuration(text);
      if (ms !== undefined && ms <= msOf(longestDuration)) return undefined;
      return {
        summary: ms === undefined ? "Duration is invalid" : "Duration is too long",
        detail: `${name} is "${text}". Give ${durationForm}, of ${longestDuration} at most.`,
      };
    },
  };
}

/** Refuses what is not the id of an access token. Never repeats it: somebody may have taken a bearer token for an id. */
export function tokenIdValidatorOf(attribute: string): Validator<string> {
  return {
    check(id) {
      if (isTokenId(id)) return undefined;
      return {
        summary: "Id is not a number",
        detail: `${attribute} must be the decimal id of an access token; a bearer token is not an id. The data source qumulo_access_tokens or qq auth_list_access_tokens shows the ids.`,
      };
    },
  };
}

/** Refuses what is not the id of an access token, for a data source. */
export const tokenIdValidator = tokenIdValidatorOf("id");

/** Refuses sets of ids of access tokens that are empty, or hold something else. */
export const tokenIdsValidator: Validator<readonly string[]> = {
  check(ids) {
    if (ids.length > 0) {
      const validator = tokenIdValidatorOf("Each of ids");
      return ids.map((id) => validator.check(id)).find((fault) => fault !== undefined);
    }
    return {
      summary: "No ids",
      detail: "ids is empty. Name at least one access token, or leave ids out for all of user.",
    };
  },
};

/** The attributes that are checked together. Not by the schema's own type: the schema imports the validators of this file. */
interface Validation {
  readonly config: Readonly<
    Record<"encrypt_to" | "expiration_time" | "expires_in" | "rotate_before_expiry" | "overlap", AttributeValue<string>>
  >;
  readonly diagnostics: Diagnostics;
}

/** Checks what the attributes about time say together, and whether encrypt_to can be encrypted to. */
export async function validateAccessToken(context: Validation): Promise<void> {
  checkTimes(context);
  await validateRecipients(context.config.encrypt_to, context.diagnostics);
}

function checkTimes({ config, diagnostics }: Validation): void {
  const life = lengthOf(config.expires_in);
  if (config.expiration_time.kind !== "null" && config.expires_in.kind !== "null") {
    diagnostics.error({
      summary: "Access token has two ends",
      detail:
        "expiration_time and expires_in are both set. Keep expires_in for a token that is replaced from time to time, or expiration_time for one that ends at a given time.",
      attribute: ["expires_in"],
    });
  }
  if (life === 0) {
    diagnostics.error({
      summary: "Access token would expire at once",
      detail: `expires_in is "${textOf(config.expires_in)}". Give a longer duration, such as "90d".`,
      attribute: ["expires_in"],
    });
  }
  checkRotation({ config, diagnostics });
  checkOverlap({ config, diagnostics });
}

function checkRotation({ config, diagnostics }: Validation): void {
  const lead = lengthOf(config.rotate_before_expiry);
  const life = lengthOf(config.expires_in);
  const attribute = ["rotate_before_expiry"];
  const given = `rotate_before_expiry is "${textOf(config.rotate_before_expiry)}"`;
  if (config.rotate_before_expiry.kind !== "null" && config.expires_in.kind === "null") {
    diagnostics.error({
      summary: "Rotation without expires_in",
      detail: `rotate_before_expiry counts from the end of each token, and only expires_in gives the new token a new end. Set expires_in, such as "90d", or remove rotate_before_expiry.`,
      attribute,
    });
  } else if (lead === 0) {
    const detail = `${given}: the token would have ended before it is rotated. Give a longer duration, such as "14d".`;
    diagnostics.error({ summary: "Rotation would come too late", detail, attribute });
  } else if (lead !== undefined && life !== undefined && lead >= life) {
    diagnostics.error({
      summary: "Every plan would rotate the access token",
      detail: `${given} and expires_in is "${textOf(config.expires_in)}": every plan would rotate the token. Give rotate_before_expiry a duration that is shorter than expires_in.`,
      attribute,
    });
  }
}

/**
 * Refuses an overlap that is longer than `expires_in`, and warns of one that is longer than `rotate_before_expiry`: an old
 * token is never prolonged, so it would stop working before such an overlap is over.
 */
function checkOverlap({ config, diagnostics }: Validation): void {
  const overlap = lengthOf(config.overlap);
  const life = lengthOf(config.expires_in);
  const lead = lengthOf(config.rotate_before_expiry);
  if (overlap === undefined) return;
  const given = `overlap is "${textOf(config.overlap)}"`;
  if (life !== undefined && overlap > life) {
    diagnostics.error({
      summary: "Overlap is longer than the access token lives",
      detail: `${given} and expires_in is "${textOf(config.expires_in)}". Give overlap a duration that is no longer than expires_in.`,
      attribute: ["overlap"],
    });
  } else if (lead !== undefined && overlap > lead) {
    diagnostics.warning({
      summary: "Overlap may end early",
      detail: `${given} and rotate_before_expiry is "${textOf(config.rotate_before_expiry)}": after a rotation the old token ends with its own life, at most that long after. Make rotate_before_expiry at least as long as overlap.`,
      attribute: ["overlap"],
    });
  }
}

function lengthOf(value: AttributeValue<string>): number | undefined {
  const text = knownOrUndefined(value);
  return text === undefined ? undefined : parseDuration(text);
}

function textOf(value: AttributeValue<string>): string {
  return knownOrUndefined(value) ?? "";
}

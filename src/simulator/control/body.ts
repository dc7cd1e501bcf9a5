import * as v from "valibot";
import { findUnknownKey } from "../../vocabulary/known-keys.ts";
import { recordOf } from "../../vocabulary/record-schema.ts";
import { decodeBody } from "../http/json-body.ts";
import { ApiError } from "../rules/api-error.ts";
import { ControlError } from "./control-error.ts";

/** The form of a body: an object with these keys and no others, or any object. */
export type BodySchema = v.GenericSchema & { readonly entries?: Readonly<Record<string, unknown>> };

/** Any object, for a document that others check. */
export const anyObject = recordOf(v.unknown());

/**
 * Decodes a body. An empty one stands for an empty object.
 *
 * @throws {ControlError} naming the key at fault, and never showing its value
 */
export function decodeControlBody<S extends BodySchema>(bytes: Buffer, schema: S): v.InferOutput<S> {
  const given = bytes.length === 0 ? Buffer.from("{}") : bytes;
  try {
    // A misspelled key would be ignored without a word.
    if (schema.entries !== undefined) refuseUnknownKeys(decodeBody(given, anyObject, []), schema.entries);
    return decodeBody(given, schema, []);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ControlError("invalid_body", `${error.message}.`);
  }
}

function refuseUnknownKeys(given: object, known: Readonly<Record<string, unknown>>): void {
  const unknown = findUnknownKey(given, known);
  if (unknown === undefined) return;
  const advice = Object.keys(known).length === 0 ? "This path takes no keys." : unknown.advice;
  throw new ControlError("invalid_body", `There is no key ${JSON.stringify(unknown.key.slice(0, 80))}. ${advice}`);
}

import type { TerraformType } from "../../framework/terraform-type.ts";
import { nullValue, type Value } from "../../framework/value.ts";
import { decodeJson } from "./decode-json.ts";
import { decodeMessagePack } from "./decode-message-pack.ts";
import { encodeMessagePack } from "./encode-message-pack.ts";
import type {
  DynamicValue,
  DynamicValueInit,
  ResourceIdentityData,
  ResourceIdentityDataInit,
} from "./generated/tfplugin6.ts";

/**
 * The value in a message, read as a value of this type; no message and an empty one are null.
 *
 * @throws {WireFormatError} for bytes that are not a value of this type
 */
export function decodeValue(message: DynamicValue | undefined, type: TerraformType): Value {
  if (message === undefined) return nullValue;
  if (message.msgpack.length > 0) return decodeMessagePack(message.msgpack, type);
  return message.json.length > 0 ? decodeJson(message.json, type) : nullValue;
}

/**
 * The message for a value of this type; null is a byte of its own, since no message at all can mean something else.
 *
 * @throws {WireFormatError} when the value does not fit the type
 */
export function encodeValue(value: Value, type: TerraformType): DynamicValueInit {
  return { msgpack: encodeMessagePack(value, type) };
}

/** The identity in a message; `undefined` where there is none, or the resource has none by its schema. */
export function decodeIdentity(
  message: ResourceIdentityData | undefined,
  type: TerraformType | undefined,
): Value | undefined {
  if (message?.identityData === undefined || type === undefined) return undefined;
  const identity = decodeValue(message.identityData, type);
  return identity.kind === "null" ? undefined : identity;
}

/** The message for an identity; none for none. */
export function encodeIdentity(
  identity: Value | undefined,
  type: TerraformType | undefined,
): ResourceIdentityDataInit | undefined {
  if (identity === undefined || type === undefined) return undefined;
  return { identityData: encodeValue(identity, type) };
}

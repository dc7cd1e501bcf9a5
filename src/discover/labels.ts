import { createHash } from "node:crypto";

const longestLabel = 40;
const tagLength = 10;
/** Names that are labels as they are. */
const plain = /^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/;
/** What {@link taggedLabel} ends with: no plain name may look like that. */
const tagged = /-[0-9a-f]{10}$/;
/** Generated programs use these themselves. */
const reserved: ReadonlySet<string> = new Set(["qumulo"]);
const marks = /\p{M}/gu;

/**
 * What an account or role is called in code: part of its address in state.
 *
 * It comes from the name alone, so that it is the same whatever else is on the cluster. Two names give two labels:
 * what is not a label as it is gets a fingerprint of the whole name. No label holds `__`, which therefore joins two.
 */
export function labelOf(name: string): string {
  const lowered = name.toLowerCase();
  const isPlain = plain.test(lowered) && lowered.length <= longestLabel && !tagged.test(lowered);
  return isPlain && !reserved.has(lowered) ? lowered : taggedLabel(lowered, lowered);
}

/** A label that reads like a text, made unique by a fingerprint of a key. */
export function taggedLabel(text: string, key: string): string {
  const words = text.normalize("NFKD").replaceAll(marks, "").toLowerCase();
  const readable = words.replaceAll(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+/, "");
  const short = readable.slice(0, longestLabel - tagLength - 1).replace(/-$/, "");
  return `${short === "" ? "x" : short}-${fingerprintOf(key)}`;
}

/** A short fingerprint of a key. */
export function fingerprintOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, tagLength);
}

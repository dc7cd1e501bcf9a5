import { redactedText } from "./plan/attributes.ts";

/** What a bearer token of a Qumulo cluster looks like. */
const bearerToken = /\b(?:access|session)-v\d+:[A-Za-z0-9+/_-]{8,}={0,2}/g;
const indexLength = 4;

/** The text without whatever looks like a bearer token. */
export function removeBearerTokens(text: string): string {
  return text.includes("-v") ? text.replace(bearerToken, redactedText) : text;
}

/** Finds secrets in texts, however many secrets there are. */
export class SecretTexts {
  /** By their first characters, longest first. */
  readonly #index = new Map<string, string[]>();

  /** Learns a secret. What is shorter than four characters is no secret that could be told from other text. */
  add(secret: string): void {
    if (secret.length < indexLength || secret === redactedText) return;
    const start = secret.slice(0, indexLength);
    const same = this.#index.get(start) ?? [];
    if (same.includes(secret)) return;
    same.push(secret);
    this.#index.set(
      start,
      same.toSorted((left, right) => right.length - left.length),
    );
  }

  /** The text without the secrets in it, and without whatever looks like a bearer token. */
  removeFrom(text: string): string {
    const safe = removeBearerTokens(text);
    if (this.#index.size === 0 || safe.length < indexLength) return safe;
    let result = "";
    let kept = 0;
    for (let at = 0; at + indexLength <= safe.length; at += 1) {
      const found = this.#index.get(safe.slice(at, at + indexLength))?.find((secret) => safe.startsWith(secret, at));
      if (found === undefined) continue;
      result += safe.slice(kept, at) + redactedText;
      at += found.length - 1;
      kept = at + 1;
    }
    return kept === 0 ? safe : result + safe.slice(kept);
  }
}

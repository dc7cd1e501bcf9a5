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
  /** By their first characters, then by length: at one place of a text as many look-ups are needed as there are lengths. */
  readonly #index = new Map<string, Map<number, Set<string>>>();
  /** The characters that secrets begin with: at most places of a text, none does. */
  readonly #starts = new Set<number>();

  /** Learns a secret. What is shorter than four characters is no secret that could be told from other text. */
  add(secret: string): void {
    if (secret.length < indexLength || secret === redactedText) return;
    const start = secret.slice(0, indexLength);
    this.#starts.add(secret.charCodeAt(0));
    const lengths = this.#index.get(start) ?? new Map<number, Set<string>>();
    const same = lengths.get(secret.length) ?? new Set();
    this.#index.set(start, lengths.set(secret.length, same.add(secret)));
  }

  /** The text without the secrets in it, and without whatever looks like a bearer token. */
  removeFrom(text: string): string {
    const safe = removeBearerTokens(text);
    if (this.#index.size === 0) return safe;
    let result = "";
    let kept = 0;
    for (let at = 0; at + indexLength <= safe.length; at += 1) {
      const length = this.#starts.has(safe.charCodeAt(at)) ? this.#longestAt(safe, at) : 0;
      if (length === 0) continue;
      result += safe.slice(kept, at) + redactedText;
      kept = at + length;
      at = kept - 1;
    }
    return kept === 0 ? safe : result + safe.slice(kept);
  }

  #longestAt(text: string, at: number): number {
    let longest = 0;
    for (const [length, secrets] of this.#index.get(text.slice(at, at + indexLength)) ?? []) {
      if (length > longest && secrets.has(text.slice(at, at + length))) longest = length;
    }
    return longest;
  }
}

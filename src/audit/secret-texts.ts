import { hash } from "node:crypto";
import { redactedText } from "./plan/attributes.ts";

/** What a bearer token of a Qumulo cluster looks like. */
const bearerToken = /(?:access|session)-v\d+:[A-Za-z0-9+/_-]{8,}={0,2}/g;
const shortestToken = "access-v1:12345678".length;
const indexLength = 4;
/**
 * What has so many characters in common with the beginning of a secret is taken for a part of it: it is removed as far as
 * it agrees. No text is looked at more often than this, however much secrets and texts resemble each other.
 */
const partLength = 64;

/** The text without whatever looks like a bearer token. */
function removeBearerTokens(text: string): string {
  return text.includes("-v") ? text.replace(bearerToken, redactedText) : text;
}

/** A name or an address without whatever looks like a bearer token: two that differ still differ. */
export function removeFromName(name: string): string {
  // Nearly all are shorter than any bearer token, and plans have millions of them.
  if (name.length < shortestToken || !name.includes("-v")) return name;
  return name.replace(bearerToken, (token) => `[redacted ${hash("sha256", token, "hex").slice(0, 8)}]`);
}

/** Where secrets that begin alike stand in the sorted list. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Finds secrets in texts, however many secrets there are and however long they are. */
export class SecretTexts {
  readonly #secrets = new Set<string>();
  /** Sorted, so that secrets that begin alike stand side by side. */
  #sorted: readonly string[] = [];
  /** By their first characters. */
  readonly #index = new Map<string, Range>();
  /** The characters that secrets begin with: at most places of a text, none does. */
  readonly #starts = new Set<number>();
  #comparisons = 0;

  /** How many characters of texts have been compared so far. */
  get comparisons(): number {
    return this.#comparisons;
  }

  /** Learns a secret. What is shorter than four characters is not a secret that could be told from other text. */
  add(secret: string): void {
    if (secret.length >= indexLength && secret !== redactedText) this.#secrets.add(secret);
  }

  /** The text without the secrets in it, and without whatever looks like a bearer token. */
  removeFrom(text: string): string {
    const safe = removeBearerTokens(text);
    if (this.#secrets.size === 0) return safe;
    if (this.#sorted.length !== this.#secrets.size) this.#sort();
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

  #sort(): void {
    this.#sorted = [...this.#secrets].sort();
    this.#index.clear();
    this.#starts.clear();
    let from = 0;
    for (let to = 1; to <= this.#sorted.length; to += 1) {
      const start = this.#startOf(from);
      if (to < this.#sorted.length && this.#startOf(to) === start) continue;
      this.#index.set(start, { from, to });
      this.#starts.add(start.charCodeAt(0));
      from = to;
    }
  }

  #startOf(index: number): string {
    return (this.#sorted[index] ?? "").slice(0, indexLength);
  }

  /** How many characters at this place are a secret, or a long part of one. */
  #longestAt(text: string, at: number): number {
    let range = this.#index.get(text.slice(at, at + indexLength));
    if (range === undefined) return 0;
    let longest = 0;
    for (let length = indexLength; ; length += 1) {
      this.#comparisons += 1;
      // Of secrets that agree so far, the one that ends here comes first.
      if (this.#sorted[range.from]?.length === length) longest = length;
      const next: Range | undefined =
        at + length < text.length ? this.#narrow(range, length, text.charCodeAt(at + length)) : undefined;
      if (next === undefined) return length >= partLength ? length : longest;
      range = next;
    }
  }

  /** Those of the secrets that have this character at this place. */
  #narrow({ from, to }: Range, place: number, code: number): Range | undefined {
    const first = this.#firstFrom({ from, to }, place, code);
    if (first === to || this.#codeAt(first, place) !== code) return undefined;
    if (this.#codeAt(to - 1, place) === code) return { from: first, to };
    return { from: first, to: this.#firstFrom({ from: first, to }, place, code + 1) };
  }

  /** The first one whose character at this place is not below another one. */
  #firstFrom({ from, to }: Range, place: number, code: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#codeAt(middle, place) < code) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Below all characters where the secret has ended. */
  #codeAt(index: number, place: number): number {
    const secret = this.#sorted[index] ?? "";
    return place < secret.length ? secret.charCodeAt(place) : -1;
  }
}

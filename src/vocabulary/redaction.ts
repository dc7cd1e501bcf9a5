const redacted = "[redacted]";
/** A part of a secret of this many characters is taken for the secret. */
const telling = 12;
/** What is shorter is in too many other texts. */
const shortest = 4;
/** Where a text is folded, what escapes put in between, and what cannot be seen. */
const noise = /[\s\\\p{Cc}\p{Cf}]/u;

/** Finds secrets in texts. */
export interface SecretFinder {
  /** The text with `[redacted]` in place of each secret. */
  readonly redact: (text: string) => string;
  /** The stretches of the text that are of secrets, in order. They do not overlap. */
  readonly find: (text: string) => readonly Stretch[];
  /** From where on the text may be the beginning of a secret whose end is not there yet; its length when it is not. */
  readonly beginning: (text: string) => number;
}

/** A part of a text, by its code units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds secrets, and parts of them of 12 characters, in every spelling in which programs repeat what they were sent: as
 * it is, escaped as in JSON, HTML or a URL, in base64 with whatever before and after, in hexadecimal; in any case, and
 * also where lines are folded. Secrets of fewer than 4 characters are not looked for.
 */
export function secretFinder(secrets: Iterable<string>): SecretFinder {
  const spellings = [...new Set([...secrets].flatMap(spellingsOf))].filter(({ length }) => length >= shortest);
  const pieces = new Map<number, Set<string>>();
  for (const spelling of spellings) {
    const length = Math.min(spelling.length, telling);
    const known = pieces.get(length) ?? new Set();
    for (let start = 0; start + length <= spelling.length; start += 1) known.add(spelling.slice(start, start + length));
    pieces.set(length, known);
  }
  const find = (text: string): readonly Stretch[] => (pieces.size === 0 ? [] : stretchesIn(folded(text), pieces));
  return { find, redact: (text) => replaced(text, find(text)), beginning: (text) => beginningIn(text, spellings) };
}

/** The text with `[redacted]` in place of these stretches. */
export function replaced(text: string, stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of stretches) {
    parts.push(text.slice(done, start), redacted);
    done = end;
  }
  return [...parts, text.slice(done)].join("");
}

/** A text in which the URLs have neither user and password nor query, which may be secret. */
export function withoutUrlSecrets(text: string): string {
  return text.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]*[^\s"'<>.,;:)]/gi, (url) => {
    const [address = "", query] = url.split(/[?#](.*)/s);
    const login = address.lastIndexOf("@");
    const rest = login < 0 ? address : `${address.slice(0, address.indexOf("//") + 2)}${address.slice(login + 1)}`;
    return query === undefined ? rest : `${rest}?${redacted}`;
  });
}

/** A text without noise and case, and where each of its characters was. */
interface Folded {
  readonly text: string;
  readonly places: readonly number[];
}

function folded(text: string): Folded {
  const characters: string[] = [];
  const places: number[] = [];
  for (let place = 0; place < text.length; place += 1) {
    const character = text.charAt(place);
    if (noise.test(character)) continue;
    const lower = character.toLowerCase();
    characters.push(lower.length === 1 ? lower : character);
    places.push(place);
  }
  return { text: characters.join(""), places };
}

function stretchesIn({ text, places }: Folded, pieces: ReadonlyMap<number, ReadonlySet<string>>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let open: { start: number; end: number } | undefined;
  for (let start = 0; start < text.length; start += 1) {
    const length = longestPieceAt(text, start, pieces);
    if (length === 0) continue;
    const end = start + length;
    if (open !== undefined && start < open.end) open.end = Math.max(open.end, end);
    else {
      if (open !== undefined) stretches.push(placed(open, places));
      open = { start, end };
    }
  }
  if (open !== undefined) stretches.push(placed(open, places));
  return stretches;
}

function longestPieceAt(text: string, start: number, pieces: ReadonlyMap<number, ReadonlySet<string>>): number {
  let longest = 0;
  for (const [length, known] of pieces) {
    if (length > longest && known.has(text.slice(start, start + length))) longest = length;
  }
  return longest;
}

function placed({ start, end }: Stretch, places: readonly number[]): Stretch {
  return { start: places[start] ?? 0, end: (places[end - 1] ?? 0) + 1 };
}

function beginningIn(text: string, spellings: readonly string[]): number {
  const { text: all, places } = folded(text);
  for (let length = Math.min(telling - 1, all.length); length > 0; length -= 1) {
    const tail = all.slice(-length);
    // A few characters are in every text: they count only where a secret begins.
    const mayBe = (spelling: string): boolean =>
      length < shortest ? spelling.startsWith(tail) : spelling.includes(tail);
    if (spellings.some(mayBe)) return places[all.length - length] ?? text.length;
  }
  return text.length;
}

/** How programs write a text that they repeat. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const percent = encodeURIComponent(secret.replaceAll(/\p{Surrogate}/gu, "\u{fffd}"));
  const html: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  const spellings = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll(/[^ -~]/g, (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    secret.replaceAll(/[&<>"']/g, (sign) => html[sign] ?? sign),
    percent,
    percent.replaceAll("%20", "+"),
    bytes.toString("hex"),
    ...base64Of(bytes).flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]),
  ];
  return spellings.map((spelling) => folded(spelling).text);
}

/** What of the base64 of any text that holds these bytes comes from them alone, at each of the three places for it. */
function base64Of(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const text = whole.toString("base64").replace(/=+$/, "");
    const own = text.slice(before === 0 ? 0 : before + 1);
    // The last character is another one where more follows.
    return whole.length % 3 === 0 ? [own] : [own, own.slice(0, -1)];
  });
}

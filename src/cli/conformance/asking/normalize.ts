/** Names that a probe's own values have in reports, by these values. */
export type KnownValues = ReadonlyMap<string, string>;

/** The ids that every cluster has: of accounts, of Everyone, and of whoever creates a file. */
const wellKnownIds: ReadonlySet<string> = new Set([
  ...["0", "500", "501", "512", "513", "514"],
  ...["8589934592", "S-1-1-0", "18446744069414584320", "S-1-3-0"],
]);

/** What a text looks like, for texts whose content is not to be told. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/^\d+$/, "(digits)"],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/, "(time in UTC)"],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "(time in UTC with zeros at its end)"],
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:?\d\d)?$/, "(time, not in UTC)"],
  [/^S-1-/i, "(SID)"],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "(UUID)"],
  [/^session-v1:/, "(bearer token: session-v1)"],
  [/^access-v1:[A-Za-z0-9+/]{86}==$/, "(bearer token: access-v1, 64 bytes)"],
  [/^access-v1:/, "(bearer token: access-v1)"],
  [/^1:/, "(bearer token: 1)"],
  [/^\/v1\//, "(path)"],
];

/**
 * Takes what differs between two runs out of an observation: the probe's own names and ids get the names that they have in
 * reports, other ids, times and bearer tokens are told by their form.
 */
export function normalize(value: unknown, known: KnownValues): unknown {
  if (typeof value === "string") return normalizeText(value, known);
  if (typeof value === "number") return known.get(String(value)) ?? "(number)";
  if (Array.isArray(value)) return value.map((entry) => normalize(entry, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [normalizeText(name, known), normalize(entry, known)]),
  );
}

function normalizeText(text: string, known: KnownValues): string {
  const own = known.get(text) ?? renamed(text, known) ?? ownSid(text, known);
  if (own !== undefined || wellKnownIds.has(text)) return own ?? text;
  return forms.find(([pattern]) => pattern.test(text))?.[1] ?? text;
}

/** A name of the probe in other letters. */
function renamed(text: string, known: KnownValues): string | undefined {
  const name = known.get(text.toLowerCase());
  return name === undefined ? undefined : `${name} in other letters`;
}

function ownSid(text: string, known: KnownValues): string | undefined {
  if (!text.startsWith("S-1-5-21-")) return undefined;
  const owner = known.get(text.slice(text.lastIndexOf("-") + 1));
  return owner === undefined ? undefined : `(SID of ${owner})`;
}

/** What may be told of any cluster: words of the API, none of which names a person, a machine or an object. */
const words = [
  /^(?:accepted|\(empty\))$/,
  /^\d{3}( without a body| without error_class| with another error_class| [a-z0-9_]{1,80})?$/,
  /^PRIVILEGE_[A-Z0-9_]{1,80}$/,
  /^\((?:digits|time in UTC|time in UTC with zeros at its end|time, not in UTC|SID|UUID|path|number|string|boolean|undefined)\)$/,
  /^\(bearer token: (?:session-v1|access-v1, 64 bytes|access-v1|1)\)$/,
  /^\((?:name|uid or gid|id of (?:user|group|access token)) \d+\)( in other letters)?$/,
  /^\(SID of \(id of (?:user|group) \d+\)\)$/,
];

/**
 * Takes out of an observation whatever could name somebody: a text or a field is told only if the simulator has it too, or
 * it is a word of the API.
 *
 * @param told - every text that the simulator's own observations hold
 */
export function redact(value: unknown, told: ReadonlySet<string>): unknown {
  const isTold = (text: string): boolean => told.has(text) || words.some((pattern) => pattern.test(text));
  if (typeof value === "string") return isTold(value) ? value : "(another text)";
  if (Array.isArray(value)) return value.map((entry) => redact(entry, told));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [isTold(name) ? name : "(another field)", redact(entry, told)]),
  );
}

/** Every text in an observation, names of fields included. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, entry]) => [name, ...textsIn(entry)]);
}

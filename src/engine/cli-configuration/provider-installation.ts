/** One way of a `provider_installation` block by which an engine gets providers. */
export interface InstallationMethod {
  /** Such as `filesystem_mirror`, `direct` or `dev_overrides`. */
  readonly kind: string;
  /** What stands behind `path` or `url`. */
  readonly place: string | undefined;
  /** Patterns of source addresses; none stands for all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Folders by source address, of `dev_overrides`. */
  readonly folders: Readonly<Record<string, string>>;
}

/**
 * Finds the `provider_installation` block of a CLI configuration.
 *
 * @param text - in HCL 1, the language of CLI configuration; what is written in another way holds none
 * @returns its methods in their order; `undefined` when there is no such block
 */
export function parseInstallation(text: string): readonly InstallationMethod[] | undefined {
  const tokens = tokensOf(text);
  let depth = 0;
  for (const [index, { kind, text: word }] of tokens.entries()) {
    if (depth === 0 && kind !== "mark" && word === "provider_installation") {
      return parseMethods(new TokenReader(tokens.slice(index + 1)));
    }
    if (kind === "mark" && word === "{") depth += 1;
    if (kind === "mark" && word === "}") depth -= 1;
  }
  return undefined;
}

/**
 * Whether a method is about a provider.
 *
 * @param source - source address with its host
 * @param defaultHost - the registry that the engine takes for meant where a pattern names none
 */
export function isAbout(
  method: Pick<InstallationMethod, "include" | "exclude">,
  source: string,
  defaultHost: string,
): boolean {
  const { include, exclude } = method;
  const matches = (pattern: string): boolean => isMatch(pattern, source, defaultHost);
  return (include.length === 0 || include.some(matches)) && !exclude.some(matches);
}

/** Whether a source address or a pattern of such means this one. */
export function isMatch(pattern: string, source: string, defaultHost: string): boolean {
  const parts = pattern.toLowerCase().split("/");
  const wanted = source.toLowerCase().split("/");
  const complete = parts.length === wanted.length - 1 ? [defaultHost, ...parts] : parts;
  return complete.length === wanted.length && complete.every((part, index) => part === "*" || part === wanted[index]);
}

interface Token {
  readonly kind: "word" | "string" | "mark";
  readonly text: string;
}

const tokenForms = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\\n]|\\.)*)"|([{}[\]=,])|([^\s{}[\]=,"#]+)/g;

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(tokenForms)].flatMap(([, string, mark, word]): readonly Token[] => {
    if (string !== undefined) return [{ kind: "string", text: unquoted(string) }];
    if (mark !== undefined) return [{ kind: "mark", text: mark }];
    return word === undefined ? [] : [{ kind: "word", text: word }];
  });
}

/** The escapes of HCL 1 that paths and addresses may need: those of JSON. */
function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text}"`);
    return String(value);
  } catch {
    return text; // an escape that JSON lacks: the engine will say what it thinks of it
  }
}

class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  /** Skips a mark, if it is the next token. */
  skip(mark: string): boolean {
    const token = this.#tokens[this.#at];
    const isMark = token?.kind === "mark" && token.text === mark;
    if (isMark) this.#at += 1;
    return isMark;
  }
}

function parseMethods(reader: TokenReader): readonly InstallationMethod[] {
  const methods: InstallationMethod[] = [];
  reader.skip("=");
  if (!reader.skip("{")) return methods;
  while (!reader.skip("}")) {
    const kind = reader.next();
    if (kind === undefined) return methods;
    reader.skip("=");
    if (kind.kind !== "mark" && reader.skip("{")) methods.push(methodOf(kind.text, parseBody(reader)));
  }
  return methods;
}

type Body = Readonly<Record<string, readonly string[]>>;

function parseBody(reader: TokenReader): Body {
  const body: Record<string, readonly string[]> = {};
  while (!reader.skip("}")) {
    const name = reader.next();
    if (name === undefined) return body;
    if (name.kind !== "mark" && reader.skip("=")) body[name.text] = parseValue(reader);
  }
  return body;
}

function parseValue(reader: TokenReader): readonly string[] {
  if (!reader.skip("[")) return [reader.next()?.text ?? ""];
  const values: string[] = [];
  while (!reader.skip("]")) {
    const token = reader.next();
    if (token === undefined) return values;
    if (token.kind !== "mark") values.push(token.text);
  }
  return values;
}

function methodOf(kind: string, body: Body): InstallationMethod {
  const isOverride = kind === "dev_overrides";
  return {
    kind,
    place: isOverride ? undefined : (body["path"] ?? body["url"])?.[0],
    include: body["include"] ?? [],
    exclude: body["exclude"] ?? [],
    folders: isOverride ? Object.fromEntries(Object.entries(body).map(([source, [text = ""]]) => [source, text])) : {},
  };
}

import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { expandHome } from "../../vocabulary/home-folder.ts";
import { CommandError, wrongUsage } from "../command-error.ts";

/** Where code manages an access token. */
export interface TokenPlace {
  /** The name of the state. */
  readonly state: string;
  /** The address of the resource in it. */
  readonly address: string;
}

/** Where code manages access tokens, by their ids. */
export type ManagedTokens = ReadonlyMap<string, TokenPlace>;

const tokenType = "qumulo_access_token";

const values = v.object({
  id: v.nullish(v.string()),
  previous_token: v.nullish(v.object({ id: v.nullish(v.string()) })),
});

/** A resource as `show -json` prints it. */
const shownResource = v.object({
  address: v.string(),
  type: v.string(),
  mode: v.optional(v.string()),
  values: v.unknown(),
});

interface ShownModule {
  readonly resources?: readonly v.InferOutput<typeof shownResource>[] | undefined;
  readonly child_modules?: readonly ShownModule[] | undefined;
}

const shownModule: v.GenericSchema<unknown, ShownModule> = v.object({
  resources: v.optional(v.array(shownResource)),
  child_modules: v.optional(v.array(v.lazy(() => shownModule))),
});

const shownState = v.object({ format_version: v.string(), values: v.optional(v.object({ root_module: shownModule })) });

/** A resource in a state file, which is not a public format, and has been the same since Terraform 0.12. */
const storedState = v.object({
  version: v.literal(4),
  resources: v.array(
    v.object({
      module: v.optional(v.string()),
      mode: v.string(),
      type: v.string(),
      name: v.string(),
      instances: v.array(
        v.object({ index_key: v.optional(v.union([v.string(), v.number()])), attributes: v.optional(v.unknown()) }),
      ),
    }),
  ),
});

/**
 * Reads which access tokens some states manage, as `show -json` prints a state, or as a state file.
 *
 * @param given - `FILE` or `NAME=FILE`; without a name, the file's own
 * @throws {CommandError} with status 2 when one of them is not a state
 */
export async function readManagedTokens(given: readonly string[]): Promise<ManagedTokens> {
  const managed = new Map<string, TokenPlace>();
  for (const text of given) {
    const [, name = text, file = text] = /^([\w.-]+)=(.+)$/s.exec(text) ?? [];
    for (const { address, ids } of tokensIn(await readJson(expandHome(file)), file)) {
      for (const id of ids) managed.set(id, { state: name, address });
    }
  }
  return managed;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "It is not JSON" : reasonOf(cause);
    throw new CommandError(`--state ${file} cannot be read: ${reason}.`, { cause, exitCode: wrongUsage });
  }
}

interface TokensOfResource {
  readonly address: string;
  readonly ids: readonly string[];
}

function tokensIn(document: unknown, file: string): readonly TokensOfResource[] {
  const asShown = v.safeParse(shownState, document);
  if (asShown.success) return shownTokens(asShown.output.values?.root_module ?? {});
  const asStored = v.safeParse(storedState, document);
  if (asStored.success) return asStored.output.resources.flatMap(storedTokens);
  throw new CommandError(
    `--state ${file} is not a state. It takes what "tofu show -json" prints, or a state file that is not encrypted.`,
    { exitCode: wrongUsage },
  );
}

function shownTokens({ resources = [], child_modules: children = [] }: ShownModule): readonly TokensOfResource[] {
  const own = resources
    .filter(({ type, mode }) => type === tokenType && mode !== "data")
    .map(({ address, values: attributes }) => ({ address, ids: idsIn(attributes) }));
  return [...own, ...children.flatMap(shownTokens)];
}

function storedTokens({
  module,
  mode,
  type,
  name,
  instances,
}: v.InferOutput<typeof storedState>["resources"][number]): readonly TokensOfResource[] {
  if (type !== tokenType || mode !== "managed") return [];
  const base = `${module === undefined ? "" : `${module}.`}${type}.${name}`;
  return instances.map(({ index_key: key, attributes }) => ({
    address: key === undefined ? base : `${base}[${JSON.stringify(key)}]`,
    ids: idsIn(attributes),
  }));
}

/** The ids that a series manages: its token, and the previous one while that still exists. */
function idsIn(attributes: unknown): readonly string[] {
  const parsed = v.safeParse(values, attributes);
  if (!parsed.success) return [];
  const { id, previous_token: previous } = parsed.output;
  return [id, previous?.id].filter((one) => typeof one === "string");
}

import type { Diagnostic } from "../../../src/framework/diagnostics.ts";
import type { ListRequest } from "../../../src/framework/provider-server.ts";
import { allOf } from "./call-provider.ts";
import type { Engine, Given } from "./given-provider.ts";
import { plain, value } from "./values.ts";

/** What a list came to. */
export interface Listed {
  readonly objects: readonly ListedObject[];
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** One object as an engine gets it, in plain data. */
export interface ListedObject {
  readonly name: string;
  readonly identity: unknown;
  /** `undefined` where whole objects were not asked for. */
  readonly state: unknown;
}

/** What is asked of a list; without anything, all of it. */
export interface Asked extends Partial<Omit<ListRequest, "typeName" | "config">> {
  readonly filters?: Given;
}

/** Lists as an engine does: checks the filters, then takes one object after another. What is left out of the filters is null. */
export async function list({ server }: Engine, typeName: string, asked: Asked = {}): Promise<Listed> {
  const { filters, ...request } = asked;
  const names = Object.keys(server.schemas.lists.get(typeName)?.attributes ?? {});
  const config = value({ ...Object.fromEntries(names.map((name) => [name, null])), ...filters });
  const capabilities = { writeOnlyAttributesAllowed: true };
  const checked = await server.validateList({ typeName, config, capabilities });
  if (checked.diagnostics.length > 0) return { objects: [], ...split(checked.diagnostics) };
  const answers = await allOf(server.listResource({ ...everything, typeName, config, ...request }));
  return {
    objects: answers.flatMap(({ object }) =>
      object === undefined
        ? []
        : [
            {
              name: object.displayName,
              identity: plain(object.identity),
              state: object.state && plain(object.state),
            },
          ],
    ),
    ...split(answers.flatMap(({ diagnostics }) => diagnostics)),
  };
}

const everything: Omit<ListRequest, "typeName" | "config"> = {
  includesObject: false,
  limit: 10_000,
  signal: new AbortController().signal,
  progress: () => undefined,
};

function split(diagnostics: readonly Diagnostic[]): Pick<Listed, "errors" | "warnings"> {
  return {
    errors: diagnostics.filter(({ severity }) => severity === "error"),
    warnings: diagnostics.filter(({ severity }) => severity === "warning"),
  };
}

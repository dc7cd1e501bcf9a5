import { ClusterError } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { AnyResource } from "../../framework/provider.ts";
import { type OperationContext, removed, type Resource } from "../../framework/resource.ts";
import { type Attributes, type Block, optional, type Schema, string, type Validator } from "../../framework/schema.ts";
import { durationForm, parseDuration, parseGoDuration } from "../../vocabulary/duration.ts";
import type { Connection } from "../connection.ts";
import { Deadline } from "./deadline.ts";
import { textIn } from "./earlier-state.ts";

const operations = ["create", "read", "update", "delete"] as const;

type Operation = (typeof operations)[number];

/** Long enough for every retry of a slow cluster, short enough to notice one that hangs. */
const defaultLimit = "5m";

const durationValidator: Validator<string> = {
  check(text) {
    if ((timeoutMs(text) ?? 0) > 0) return undefined;
    return {
      summary: "Timeout is invalid",
      detail: `The timeout is "${text}". Give ${durationForm}, longer than zero.`,
    };
  },
};

/**
 * Reads a duration. Go's format is accepted too, because the vendor's provider uses it, and its configurations and states
 * should work unchanged.
 */
function timeoutMs(text: string): number | undefined {
  return parseDuration(text) ?? parseGoDuration(text);
}

function limitOf(operation: Operation, doing: string): Attributes {
  const description = `How long ${doing} may take, retries included, as a duration such as \`"10m"\`. The default is \`"${defaultLimit}"\`.`;
  return { [operation]: optional(string, { description, validators: [durationValidator] }) };
}

const timeoutsBlock: Block = {
  nesting: "single",
  description:
    "How long the operations on this object may take, all their requests together. The provider's `request_timeout` limits a single request.",
  attributes: {
    ...limitOf("create", "creating the object"),
    ...limitOf("read", "reading the object"),
    ...limitOf("update", "changing the object"),
    ...limitOf("delete", "deleting the object"),
  },
};

/** A state or a plan of a resource whose schema is not known here. */
type Model = Readonly<Record<string, unknown>>;

/**
 * Gives a resource a block `timeouts`, and ends each of its operations when its time is up.
 *
 * A change of the timeouts alone never replaces an object, not even of a resource that cannot be updated otherwise.
 */
export function withTimeouts(resource: AnyResource<Connection>): Resource<Schema, Connection> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- from here on the models are records; their types were checked where the resource is written
  const inner: Resource<Schema, Connection> = resource;
  const { upgrade } = inner;
  return {
    ...inner,
    schema: schemaWithTimeouts(inner),
    create: async (context) => {
      const limit = limitIn(inner, "create", context.planned);
      return {
        ...(await inTime(limit, context, async (limited) => inner.create(limited))),
        ...ofModel(context.planned),
      };
    },
    read: async (context) => {
      const limit = limitIn(inner, "read", context.state);
      const model = await inTime(limit, context, async (limited) => inner.read(limited));
      return model === removed ? removed : { ...model, ...ofModel(context.state) };
    },
    update: async (context) => {
      const limit = limitIn(inner, "update", context.planned);
      const changed = await inTime(limit, context, async (limited) => inner.update?.(limited));
      return { ...(changed ?? context.prior), ...ofModel(context.planned) };
    },
    delete: async (context) =>
      inTime(limitIn(inner, "delete", context.state), context, async (limited) => inner.delete(limited)),
    ...(upgrade === undefined ? {} : { upgrade: upgradeWithTimeouts(upgrade) }),
  };
}

function schemaWithTimeouts(resource: Resource<Schema, Connection>): Schema {
  const { attributes, blocks } = resource.schema;
  const replacing = Object.entries(attributes).map(
    ([name, attribute]) => [name, { ...attribute, requiresReplace: true }] as const,
  );
  return {
    ...resource.schema,
    attributes: resource.update === undefined ? Object.fromEntries(replacing) : attributes,
    blocks: { ...blocks, timeouts: timeoutsBlock },
  };
}

function upgradeWithTimeouts(upgrade: NonNullable<Resource["upgrade"]>): NonNullable<Resource["upgrade"]> {
  const steps = Object.entries(upgrade).map(([version, step]) => [
    version,
    (state: JsonObject): JsonObject => ({ ...step(state), timeouts: timeoutsIn(state) }),
  ]);
  // Object.fromEntries knows no keys that are numbers.
  return Object.fromEntries(steps) as NonNullable<Resource["upgrade"]>;
}

function timeoutsIn({ timeouts }: JsonObject): JsonObject | null {
  if (typeof timeouts !== "object" || timeouts === null) return null;
  const stored = Object.fromEntries(Object.entries(timeouts));
  const limits = operations.map((operation) => [operation, textIn(stored, operation)] as const);
  // What an import by the vendor's provider leaves: a block that nobody has written.
  return limits.every(([, limit]) => limit === null) ? null : Object.fromEntries(limits);
}

/** How long one operation may take. */
interface Limit {
  readonly operation: Operation;
  readonly text: string;
  readonly resourceName: string;
}

function ofModel({ timeouts }: Model): { readonly timeouts: unknown } {
  return { timeouts: timeouts ?? null };
}

function limitIn({ name }: { readonly name: string }, operation: Operation, { timeouts }: Model): Limit {
  const given: unknown =
    typeof timeouts === "object" && timeouts !== null ? Reflect.get(timeouts, operation) : undefined;
  return { operation, text: typeof given === "string" ? given : defaultLimit, resourceName: `qumulo_${name}` };
}

async function inTime<X extends OperationContext, T>(
  limit: Limit,
  context: X,
  work: (limited: X) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(timeoutMs(limit.text) ?? 0, context.signal);
  try {
    return await work({ ...context, signal: deadline.signal });
  } catch (error) {
    throw deadline.isOver && isAborted(error) ? tooSlow(limit, error) : error;
  } finally {
    deadline.release();
  }
}

function isAborted(error: unknown): error is DiagnosticError {
  return error instanceof DiagnosticError && error.cause instanceof ClusterError && error.cause.kind === "aborted";
}

function tooSlow({ operation, text, resourceName }: Limit, cause: DiagnosticError): DiagnosticError {
  return new DiagnosticError(
    {
      summary: cause.text.summary,
      detail: `It took longer than ${text}, which timeouts.${operation} of this ${resourceName} allows. Look at the state of the cluster, run a plan to see what has been done, and give it more time with a block timeouts { ${operation} = … } if it needs that.`,
    },
    { cause },
  );
}

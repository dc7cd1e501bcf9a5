import { isDeepStrictEqual } from "node:util";
import { expect } from "@jest/globals";
import fc from "fast-check";
import type { GivenCluster, Reply } from "../../support/simulator/given-cluster.ts";
import type { SettableClock } from "../../support/simulator/settable-clock.ts";
import { type Exchange, InAnyOrder } from "./exchange.ts";
import type { Operation } from "./operation.ts";
import type { World } from "./world.ts";

const handles = /(?:id|token|bearer|tag|sid)~\d+/g;
const oneHandle = /^(?:id|token|bearer|tag|sid)~\d+$/;

/** Plays steps against a cluster and holds its answers to the model's. */
export class Player {
  readonly #cluster: GivenCluster;
  readonly #clock: SettableClock;
  readonly #world: World;
  /** What the cluster calls what the model has a handle for. */
  readonly #real = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(cluster: GivenCluster, clock: SettableClock, world: World) {
    this.#cluster = cluster;
    this.#clock = clock;
    this.#world = world;
  }

  /** Takes one step on both sides. */
  async play(operation: Operation): Promise<void> {
    const exchange = operation.step(this.#world);
    this.#clock.set(new Date(this.#world.now).toISOString());
    if (exchange === undefined) return;
    const reply = await this.#send(exchange);
    try {
      this.#check(exchange, reply);
    } catch (cause) {
      throw new Error(`At ${operation[fc.toStringMethod]()}: the cluster and the model disagree.`, { cause });
    }
  }

  async #send({ request }: Exchange): Promise<Reply> {
    const { method, path, body, ifMatch, bearer } = request;
    const party = bearer === undefined ? this.#cluster.nobody : this.#cluster.bearing(this.#text(bearer));
    return party.send(method, this.#text(path), {
      ...(body === undefined ? {} : { body: this.#known(body) }),
      headers: ifMatch === undefined ? {} : { "If-Match": this.#text(ifMatch) },
    });
  }

  #check({ expected }: Exchange, reply: Reply): void {
    if (expected.kind === "refusal") {
      const refusal = parseRefusal(reply.body);
      if (refusal === undefined || !expected.anyOf.includes(`${reply.status} ${refusal}`)) {
        throw surprise(expected.anyOf.join(" or "), reply);
      }
      return;
    }
    if (reply.status !== 200) throw surprise("200", reply);
    this.#learn(expected.tag, reply.headers["etag"]);
    this.#learn(expected.body, reply.body);
    const wanted = { tag: this.#known(expected.tag), body: this.#known(expected.body) };
    const met = { tag: reply.headers["etag"], body: sortedAs(expected.body, reply.body) };
    // Jest's own comparison takes far longer; it is there to show what differs.
    if (!isDeepStrictEqual(met, wanted)) expect(met).toStrictEqual(wanted);
  }

  /** Takes over what the cluster calls that for which the model has only a handle so far. */
  #learn(expected: unknown, actual: unknown): void {
    if (typeof expected === "string") {
      if (!oneHandle.test(expected) || this.#real.has(expected) || typeof actual !== "string") return;
      if (this.#taken.has(actual)) throw new Error(`${expected} is new, and ${actual} is something else already.`);
      this.#taken.add(actual);
      this.#real.set(expected, actual);
      return;
    }
    if (typeof expected !== "object" || expected === null || expected instanceof InAnyOrder) return;
    for (const [key, value] of Object.entries(expected)) this.#learn(value, Reflect.get(Object(actual), key));
  }

  /** The same with the cluster's own names in the place of handles, and what has no order in the order of its ids. */
  #known(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof InAnyOrder) return sorted(value.items.map((item) => this.#known(item)));
    if (Array.isArray(value)) return value.map((item) => this.#known(item));
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [this.#text(key), this.#known(field)]));
  }

  #text(text: string): string {
    return text.replace(handles, (handle) => this.#real.get(handle) ?? handle);
  }
}

/** The class of a refusal that has all its fields; otherwise `undefined`. */
function parseRefusal(body: unknown): string | undefined {
  const { error_class: errorClass, description, ...rest } = Object(body) as Record<string, unknown>;
  const isWhole =
    typeof errorClass === "string" &&
    typeof description === "string" &&
    description !== "" &&
    typeof rest["module"] === "string" &&
    isDeepStrictEqual(rest, { module: rest["module"], stack: [], user_visible: true });
  return isWhole ? errorClass : undefined;
}

function surprise(expected: string, { status, text }: Reply): Error {
  return new Error(`The model expects ${expected}, the cluster answers ${status} ${text}`);
}

/** The answer, with those lists in order that have none in what is expected. */
function sortedAs(expected: unknown, actual: unknown): unknown {
  if (expected instanceof InAnyOrder) return Array.isArray(actual) ? sorted(actual) : actual;
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return actual;
  if (typeof actual !== "object" || actual === null) return actual;
  return Object.fromEntries(
    Object.entries(actual).map(([key, value]) => [key, sortedAs(Reflect.get(expected, key), value)]),
  );
}

/** Texts in their own order, objects in the order of their ids. */
function sorted(items: readonly unknown[]): unknown[] {
  const keyOf = (item: unknown): string => (typeof item === "string" ? item : String(Reflect.get(Object(item), "id")));
  return items.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

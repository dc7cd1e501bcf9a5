import { randomBytes, randomInt } from "node:crypto";
import { Secret } from "../../../vocabulary/secret.ts";
import type { Answer, Line, Sent } from "./line.ts";
import { madeBy, type MadeObject } from "./made.ts";
import { NotKnown, placeOf } from "./not-known.ts";
import { type KnownValues } from "./normalize.ts";
import { outcome, textIn } from "./observe.ts";
import { mayRead, mayWrite, type Ownership } from "./ownership.ts";

/** What all probes of one run have in common. */
export interface Run extends Ownership {
  readonly line: Line;
  /** Whether the caller holds the role Administrators, so that a 403 says something about the cluster, not about the caller. */
  readonly isAdministrator: boolean;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
  /** Every name and id of what this run has made, also what was removed again. */
  readonly own: Set<string>;
  /** What could not be removed yet. */
  readonly left: MadeObject[];
  /** Counts the names, so that no two are the same. */
  nextNumber(): number;
}

/** Who sends requests. */
export interface Actor {
  readonly bearerToken: Secret | undefined;
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body?: unknown) => Promise<Answer>;
  readonly put: (path: string, body: unknown, ifMatch?: string) => Promise<Answer>;
  readonly patch: (path: string, body: unknown, ifMatch?: string) => Promise<Answer>;
  readonly delete: (path: string, ifMatch?: string) => Promise<Answer>;
  /** Sends a body as it is. */
  readonly postText: (path: string, text: string) => Promise<Answer>;
}

/** A local user that a probe has made. */
export interface OwnUser {
  readonly id: string;
  readonly name: string;
  readonly password: Secret;
}

/** A user who holds just some privileges, and is signed in. */
export interface Holder extends Actor {
  readonly user: OwnUser;
  readonly role: string;
}

/** An access token that a probe has made. */
export interface OwnToken {
  readonly id: string;
  readonly path: string;
  /** Its user, signed in with it. */
  readonly bearer: Actor;
}

/** What one probe works with: who sends requests, and objects of its own. */
export class Bench {
  readonly #run: Run;
  readonly #mayChange: boolean;
  readonly #made: MadeObject[] = [];
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #aheadMs = 0;

  constructor(run: Run, { mayChange }: { readonly mayChange: boolean }) {
    this.#run = run;
    this.#mayChange = mayChange;
  }

  /** Whoever runs the command. */
  get caller(): Actor {
    return this.#actor(this.#run.bearerToken);
  }

  /** Somebody without a bearer token. */
  get nobody(): Actor {
    return this.#actor(undefined);
  }

  /** Somebody with this bearer token. */
  as(bearerToken: string | Secret): Actor {
    return this.#actor(typeof bearerToken === "string" ? new Secret(bearerToken) : bearerToken);
  }

  /** The names that this probe's own values have in reports. */
  get known(): KnownValues {
    return this.#known;
  }

  /** What it has made and is not known to be gone, the latest last. */
  get made(): readonly MadeObject[] {
    return this.#made;
  }

  /** A time on the cluster, so many seconds from now, as requests have it. */
  time(secondsFromNow: number): string {
    const ms = Date.now() + this.#aheadMs + secondsFromNow * 1_000;
    return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
  }

  /** A name that nothing on the cluster has. */
  newName(): string {
    const name = `${this.#run.prefix}${this.#run.nextNumber()}`;
    this.#know(name, "name");
    this.#run.own.add(name.toLowerCase());
    return name;
  }

  /** A uid or gid that hardly anything on a cluster has. */
  newPosixId(): string {
    const id = String(randomInt(3_000_000_000, 4_000_000_000));
    this.#know(id, "uid or gid");
    this.#run.own.add(id);
    return id;
  }

  /** A name of this length that nothing on the cluster has. */
  newNameOf(length: number): string {
    const name = this.newName().padEnd(length, "x");
    this.#run.own.add(name.toLowerCase());
    return name;
  }

  /** Makes a local user. */
  async user(fields: Readonly<Record<string, unknown>> = {}): Promise<OwnUser> {
    const name = this.newName();
    const password = strongPassword();
    const body = { name, primary_group: "513", uid: "", home_directory: null, password, ...fields };
    const answer = ready(await this.caller.post("/v1/users/", body), "A user");
    return { id: textIn(answer, "id"), name, password };
  }

  /** Makes a local group, and gives its id and name. */
  async group(fields: Readonly<Record<string, unknown>> = {}): Promise<{ readonly id: string; readonly name: string }> {
    const name = this.newName();
    const answer = ready(await this.caller.post("/v1/groups/", { name, gid: "", ...fields }), "A group");
    return { id: textIn(answer, "id"), name };
  }

  /** Makes a role, and gives its name. */
  async role(...privileges: readonly string[]): Promise<string> {
    const name = this.newName();
    ready(await this.caller.post("/v1/auth/roles/", { name, description: "Made to ask", privileges }), "A role");
    return name;
  }

  /** Adds somebody to a role of this probe. */
  async assign(role: string, authId: string): Promise<void> {
    ready(await this.caller.post(`/v1/auth/roles/${role}/members`, { auth_id: authId }), "A role member");
  }

  /** Signs a user of this probe in. */
  async signIn({ name, password }: OwnUser): Promise<Actor> {
    const answer = ready(await this.nobody.post("/v1/session/login", { username: name, password }), "A login");
    return this.as(textIn(answer, "bearer_token"));
  }

  /** Makes a user with just these privileges, and signs them in. */
  async holder(...privileges: readonly string[]): Promise<Holder> {
    const user = await this.user();
    const role = await this.role(...privileges);
    await this.assign(role, user.id);
    return { ...(await this.signIn(user)), user, role };
  }

  /** Makes an access token of a user of this probe. */
  async token({ id }: OwnUser, fields: Readonly<Record<string, unknown>> = {}): Promise<OwnToken> {
    const body = { user: { domain: "LOCAL", auth_id: id }, ...fields };
    const answer = ready(await this.caller.post("/v1/auth/access-tokens/", body), "An access token");
    const tokenId = textIn(answer, "id");
    const path = `/v1/auth/access-tokens/${tokenId}`;
    return { id: tokenId, path, bearer: this.as(textIn(answer, "bearer_token")) };
  }

  #actor(bearerToken: Secret | undefined): Actor {
    const send = async (sent: Sent): Promise<Answer> => this.#send({ ...sent, bearerToken });
    return {
      bearerToken,
      get: async (path) => send({ method: "GET", path }),
      post: async (path, body) => send({ method: "POST", path, body }),
      put: async (path, body, ifMatch) => send({ method: "PUT", path, body, ifMatch }),
      patch: async (path, body, ifMatch) => send({ method: "PATCH", path, body, ifMatch }),
      delete: async (path, ifMatch) => send({ method: "DELETE", path, ifMatch }),
      postText: async (path, text) => send({ method: "POST", path, text }),
    };
  }

  async #send(sent: Sent): Promise<Answer> {
    const { line, signal } = this.#run;
    // Whatever a probe asks for: it reads, or it is about something that this run has made.
    if (!mayRead(sent) && !(this.#mayChange && mayWrite(sent, this.#run))) {
      throw new NotKnown(
        `${sent.method} ${placeOf(sent.path)} was not sent: it is not known to be about what was made here`,
      );
    }
    const answer = await line.send(sent, signal);
    this.#learn(sent, answer);
    this.#refuseRefusal(sent, answer);
    return answer;
  }

  #learn(sent: Sent, answer: Answer): void {
    const told = answer.date === undefined ? NaN : Date.parse(answer.date);
    if (!Number.isNaN(told)) this.#aheadMs = told - Date.now();
    const made = madeBy(sent, answer);
    if (made === undefined) return;
    this.#made.push(made);
    if (made.kind === "role member" || made.kind === "identity attributes") return;
    this.#run.own.add(made.id.toLowerCase());
    if (made.kind !== "role") this.#know(made.id, `id of ${made.kind}`);
  }

  #know(value: string, kind: string): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    this.#known.set(value, `(${kind} ${count})`);
  }

  /** A caller who may not ask has not found anything out. */
  #refuseRefusal({ bearerToken, method, path }: Sent, { status }: Answer): void {
    const { bearerToken: own, isAdministrator } = this.#run;
    if (bearerToken?.equals(own) !== true) return;
    if (status === 401 || (status === 403 && !isAdministrator)) {
      throw new NotKnown(`The account that asks is refused ${method} ${placeOf(path)} with ${status}`);
    }
  }
}

/** A password that every rule accepts, and nobody knows. */
export function strongPassword(): Secret {
  return new Secret(`Qc1!${randomBytes(18).toString("base64url")}`);
}

function ready(answer: Answer, what: string): Answer {
  if (answer.status === 200) return answer;
  throw new NotKnown(`${what} that is needed to ask could not be made: ${outcome(answer)}`);
}

import type { EngineLife } from "../../../src/framework/engine-life.ts";
import { type GivenCluster, givenCluster, type GivenOptions, type Party } from "../simulator/given-cluster.ts";
import { type Engine, type Given, givenEngine, type Kept, type Outcome, type Planned } from "./given-provider.ts";
import { SettableClock } from "../simulator/settable-clock.ts";
import { mapOfValues } from "./values.ts";

/** The type under test. */
export const type = "qumulo_access_token";
/** Where access tokens are on the cluster. */
export const tokensPath = "/v1/auth/access-tokens/";

/** One hour. */
export const hourMs = 3_600_000;
/** One day. */
export const dayMs = 24 * hourMs;

/** A token of 90 days, rotated by plans in its last 14. */
export const rotating: Given = { user: "local:svc", expires_in: "90d", rotate_before_expiry: "14d" };

/** A token that is rotated when this text changes. */
export function keptBy(text: string, more: Given = {}): Given {
  return { user: "local:svc", expires_in: "90d", rotate_when_changed: mapOfValues({ keeper: text }), ...more };
}

/**
 * The end of a token that lives for a duration: in the last millisecond before this time, by digits that nobody else asks
 * for.
 */
export function justBefore(time: string): RegExp {
  const lastMs = new Date(Date.parse(time) - 1).toISOString().slice(0, -1);
  return new RegExp(`${lastMs.replace(".", "[.]")}\\d{0,6}Z`);
}

/** An access token as the cluster tells it. */
export interface ToldToken {
  readonly id: string;
  readonly expiration_time?: string | null;
  readonly enabled?: boolean;
}

/** A cluster with the user `svc`, and an engine, both with one clock. */
export interface GivenSeries extends GivenCluster {
  readonly clock: SettableClock;
  readonly engine: Engine;
  /** An engine with another process of the provider. */
  readonly newEngine: () => Promise<Engine>;
  /** The same for an engine that may die. */
  readonly newEngineFor: (life: EngineLife) => Promise<Engine>;
  /** Signs in as `admin` once more: sessions end while tests let days pass. */
  readonly signInAnew: () => Promise<Party>;
  /** The tokens of `svc`, in ascending order of their ids. */
  readonly tokens: () => Promise<readonly ToldToken[]>;
  /** What happens when somebody uses this bearer token. */
  readonly statusOf: (bearerToken: unknown) => Promise<number>;
  /** Methods of the requests about access tokens while this runs. */
  readonly asked: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}

/** Starts a cluster of this version for one test. */
export async function givenSeries(options: Omit<GivenOptions, "clock" | "localUsers"> = {}): Promise<GivenSeries> {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ localUsers: ["svc", "other"], clock, ...options });
  const { simulator, bearing } = cluster;
  const signIn = async () => cluster.signIn(simulator.username, simulator.adminPassword.reveal());
  const newEngine = async () => givenEngine(simulator, { clock });
  return {
    ...cluster,
    clock,
    signInAnew: signIn,
    engine: await newEngine(),
    newEngine,
    newEngineFor: async (life) => givenEngine(simulator, { clock, life }),
    async tokens() {
      const { body } = await (await signIn()).get(`${tokensPath}?user=auth_id:${cluster.user("svc").id}`);
      // The shape is the simulator's own.
      return (body as { readonly entries: readonly ToldToken[] }).entries;
    },
    statusOf: async (bearerToken) => (await bearing(String(bearerToken)).get("/v1/session/who-am-i")).status,
    async asked(work) {
      const before = simulator.requests.length;
      await work();
      const about = simulator.requests.slice(before).filter(
        // What a session that had ended asked for is asked once more.
        ({ path, status }) => path.startsWith(tokensPath) && status !== 401,
      );
      return about.map(({ method }) => method);
    },
  };
}

/** Refreshes, then plans: what a practitioner's plan does. */
export async function refreshAndPlan(
  engine: Engine,
  config: Given,
  kept: Kept,
): Promise<Planned & { readonly kept: Kept }> {
  const read = await engine.refresh(type, kept);
  return { ...(await engine.plan(type, config, read.kept)), kept: read.kept };
}

/** Refreshes, plans and applies: what a practitioner's apply does. */
export async function refreshAndApply(engine: Engine, config: Given, kept: Kept): Promise<Outcome> {
  const read = await engine.refresh(type, kept);
  return engine.apply(type, config, read.kept);
}

/** Whether a state is what was planned, as far as that was known: what engines demand. */
export function isAsPlanned(planned: unknown, state: unknown): boolean {
  if (planned === "(unknown)") return true;
  if (typeof planned !== "object" || planned === null) return planned === state;
  if (typeof state !== "object" || state === null) return false;
  const actual = new Map(Object.entries(state));
  return Object.entries(planned).every(([name, value]) => isAsPlanned(value, actual.get(name)));
}

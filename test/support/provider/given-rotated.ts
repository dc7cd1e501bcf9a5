import { type GivenSeries, givenSeries, hourMs, keptBy, type } from "./given-series.ts";
import type { Engine, Kept } from "./given-provider.ts";

/** The actions on access tokens. */
export const revoke = "qumulo_revoke_access_tokens";
/** Disables one. */
export const disable = "qumulo_disable_access_token";
/** Deletes the one before the one in use. */
export const end = "qumulo_end_overlap";

/** A series after a rotation, in its overlap. */
export interface GivenRotated extends GivenSeries {
  /** In a run after those that made it. */
  readonly engine: Engine;
  readonly kept: Kept;
  /** The id of the token in use. */
  readonly current: string;
  /** The id of the token before it. */
  readonly previous: string;
  /** What happens when somebody uses the bearer token of the one before, and of the one in use. */
  readonly statuses: () => Promise<readonly number[]>;
}

/** Makes a token, and another one in its place an hour later. */
export async function givenRotated(): Promise<GivenRotated> {
  const series = await givenSeries();
  const created = await series.engine.apply(type, keptBy("one"));
  series.clock.advance(hourMs);
  const rotated = await series.engine.apply(type, keptBy("two"), created.kept);
  const secrets = [created.state?.["bearer_token"], rotated.state?.["bearer_token"]];
  return {
    ...series,
    engine: await series.newEngine(),
    kept: rotated.kept,
    current: String(rotated.state?.["id"]),
    previous: String(created.state?.["id"]),
    statuses: async () => Promise.all(secrets.map(series.statusOf)),
  };
}

import type { Diagnostics } from "../diagnostics.ts";
import type { OperationSignals } from "../engine-life.ts";
import type { ConfigModel, StateModel } from "../model.ts";
import type { ValidateContext } from "../resource.ts";
import type { Schema } from "../schema.ts";

/**
 * Something that is done once, when the practitioner asks for it (`-invoke`) or when an `action_trigger` of a resource fires.
 * It has no state, and cannot change that of a resource: what it does is drift that the next plan finds.
 *
 * Its schema has what the practitioner sets, and nothing else: attributes that are required or optional. Only
 * Terraform 1.14 and later have actions.
 */
export interface Action<S extends Schema = Schema, C = never> {
  /** Type name without the provider's prefix: `disable_access_token`. */
  readonly name: string;
  readonly schema: S;
  /** Checks that involve several attributes. Unknown values are not wrong. */
  validate?(context: ValidateContext<S>): void | Promise<void>;
  /**
   * Runs while planning, and may refuse the action or warn about what it will do. It changes nothing. With a trigger, parts of
   * the configuration may be unknown.
   */
  plan?(context: ActionPlanContext<S, C>): Promise<void>;
  /** Carries out the action. An exception or a reported error fails the run; what has been done until then is not undone. */
  invoke(context: ActionContext<S, C>): Promise<void>;
}

/** For {@link Action.plan}. */
export interface ActionPlanContext<S extends Schema, C> extends OperationSignals {
  readonly config: ConfigModel<S>;
  /** What `configure` returned, or `undefined` while the provider's configuration is not known yet. */
  readonly client: C | undefined;
  readonly diagnostics: Diagnostics;
}

/** For {@link Action.invoke}. */
export interface ActionContext<S extends Schema, C> extends OperationSignals {
  /** All known; `null` for what was left out. */
  readonly config: StateModel<S>;
  readonly client: C;
  readonly diagnostics: Diagnostics;
  /**
   * Tells the practitioner what was just done, or what takes long: one sentence, which the engine prints at once. It must not
   * contain a secret.
   */
  readonly progress: (message: string) => void;
}

import type { AttributePath } from "./attribute-path.ts";
import type { PartlyKnown } from "./attribute-value.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { OperationSignals } from "./engine-life.ts";
import type { JsonObject } from "./json.ts";
import type { AnyResourceList } from "./list/resource-list.ts";
import type { ConfigModel, PlannedModel, StateModel } from "./model.ts";
import type { IdentitySchema, Schema } from "./schema.ts";
import type { TerraformType } from "./terraform-type.ts";
import type { Value } from "./value.ts";

/** The values of an identity's attributes. */
export type Identity = JsonObject;

/** What every operation can use. */
export interface OperationContext extends OperationSignals {
  /** Where to report what the practitioner should know. */
  readonly diagnostics: Diagnostics;
  /**
   * What the provider remembers of this object in addition to its state. The engine stores it in clear: never a secret.
   * Writing replaces it; what is not written stays.
   */
  readonly privateState: PrivateState;
}

/** A small memory that the engine keeps with an object's state and the practitioner never sees. */
export interface PrivateState {
  /** What was remembered last, or an empty object. */
  get(): JsonObject;
  /** Remembers this from now on, in place of what was there. */
  set(value: JsonObject): void;
}

/** For {@link Resource.validate}: the configuration alone, parts of it perhaps unknown. */
export interface ValidateContext<S extends Schema> {
  readonly config: ConfigModel<S>;
  readonly diagnostics: Diagnostics;
}

/** For {@link Resource.plan}. */
export interface PlanContext<S extends Schema, C> extends OperationContext {
  readonly config: ConfigModel<S>;
  /** What state holds now; `undefined` for a create. */
  readonly prior: StateModel<S> | undefined;
  /** The plan so far: configuration, defaults and prior values, with what may change already unknown. */
  readonly planned: ConfigModel<S>;
  /** What `configure` returned, or `undefined` while the provider's configuration is not known yet. */
  readonly client: C | undefined;
}

/** Planned attributes by name; an object that only the provider decides may be known in parts. */
export type PlannedAttributes<S extends Schema> = {
  readonly [K in keyof ConfigModel<S>]?: ConfigModel<S>[K] | PartlyKnown;
};

/** What a resource's own planning adds. */
export interface PlanChanges<S extends Schema> {
  /** Attributes to plan differently; only attributes that the provider decides, or the exact prior value. */
  readonly planned?: PlannedAttributes<S>;
  /** Attributes whose change replaces the object, besides those of the schema. */
  readonly requiresReplace?: readonly AttributePath[];
}

/** For {@link Resource.planDestroy}. */
export interface PlanDestroyContext<S extends Schema, C> extends OperationContext {
  readonly prior: StateModel<S>;
  readonly client: C | undefined;
}

/** For {@link Resource.create}. */
export interface CreateContext<S extends Schema, C> extends OperationContext {
  readonly planned: PlannedModel<S>;
  /** All known; the only place where write-only attributes have their value. */
  readonly config: ConfigModel<S>;
  readonly client: C;
  /**
   * Records the object as soon as it exists, so that a later failure leaves it in state (tainted) instead of losing it.
   * Attributes that are not given are as planned (while updating: as before), or null where that is unknown.
   */
  readonly saveState: (state: Partial<StateModel<S>>) => void;
}

/** For {@link Resource.update}. */
export interface UpdateContext<S extends Schema, C> extends CreateContext<S, C> {
  /** What state held before; also what stays there when the update fails before `saveState`. */
  readonly prior: StateModel<S>;
}

/** For {@link Resource.read}. */
export interface ReadContext<S extends Schema, C> extends OperationContext {
  /** What state holds; after an import only what {@link Resource.import} gave, the rest null. */
  readonly state: StateModel<S>;
  readonly client: C;
}

/** For {@link Resource.delete}. */
export interface DeleteContext<S extends Schema, C> extends OperationContext {
  readonly state: StateModel<S>;
  readonly client: C;
}

/** For {@link Resource.import}: exactly one of `id` and `identity` is there. */
export interface ImportContext<C> extends OperationContext {
  readonly id: string | undefined;
  readonly identity: Identity | undefined;
  readonly client: C;
}

/** For {@link Resource.move}: state that another resource type, perhaps of another provider, has written. */
export interface MoveContext extends OperationContext {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  readonly sourceState: JsonObject;
}

/** Answer of {@link Resource.read} when the object is gone: the engine drops it and plans a create. */
export const removed = Symbol("removed");

/**
 * One managed object. Members that are left out mean: nothing to check, no planning of its own, every change replaces
 * (no `update`), no import, no upgrade.
 *
 * Handlers return whole states. An answer that differs only in spelling from what was planned or stored
 * (`sameMeaning` of the schema) is put back to that spelling by the framework.
 */
export interface Resource<S extends Schema = Schema, C = never> {
  /** Type name without the provider's prefix: `access_token`. */
  readonly name: string;
  readonly schema: S;
  readonly identity?: IdentitySchema;
  /** Checks that involve several attributes, or take something that is loaded for them. Unknown values are not wrong. */
  validate?(context: ValidateContext<S>): void | Promise<void>;
  /** Runs while planning and again while applying, and must decide the same: no clock, no chance. */
  plan?(context: PlanContext<S, C>): Promise<PlanChanges<S>>;
  /** Runs while planning a destroy: the place to refuse it or to warn. */
  planDestroy?(context: PlanDestroyContext<S, C>): Promise<void>;
  create(context: CreateContext<S, C>): Promise<StateModel<S>>;
  read(context: ReadContext<S, C>): Promise<StateModel<S> | typeof removed>;
  update?(context: UpdateContext<S, C>): Promise<StateModel<S>>;
  /** An object that is gone already is a success. */
  delete(context: DeleteContext<S, C>): Promise<void>;
  /**
   * Whether a state that lacks the object's id was left by a create of which it is not known whether the cluster carried it
   * out. Without this member, such a state counts as damaged.
   */
  isUnmade?(state: StateModel<S>): boolean;
  /** Finds as much of the state as {@link Resource.read} needs. */
  import?(context: ImportContext<C>): Promise<Partial<StateModel<S>>>;
  /** Gives the identity of a state; required with `identity`. */
  identify?(state: StateModel<S>): Identity;
  /** Finds the objects that exist, for engines that list them; needs `identity`. */
  readonly list?: AnyResourceList<S, C>;
  /**
   * The attributes for which a configuration that an engine generates should differ from the state; `null` leaves an attribute
   * out. Without this member, the configuration has the values of the state. What only the provider decides, defaults and
   * secrets are never written.
   */
  configFrom?(state: StateModel<S>): Partial<StateModel<S>>;
  /** Steps that raise stored state from the version that is the key to the next one. */
  readonly upgrade?: Readonly<Record<number, (state: JsonObject) => JsonObject>>;
  /** Takes over an object from another resource type; `undefined` when it does not know that type. */
  move?(context: MoveContext): Promise<Partial<StateModel<S>> | undefined>;
}

/** Reads something that exists and manages nothing. */
export interface DataSource<S extends Schema = Schema, C = never> {
  readonly name: string;
  readonly schema: S;
  validate?(context: ValidateContext<S>): void;
  read(context: DataSourceReadContext<S, C>): Promise<StateModel<S>>;
}

/** For {@link DataSource.read}: the configuration is wholly known. */
export interface DataSourceReadContext<S extends Schema, C> {
  readonly config: ConfigModel<S>;
  readonly client: C;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

/** Something that lives only while the engine runs and is in no plan or state. */
export interface EphemeralResource<S extends Schema = Schema, C = never> {
  readonly name: string;
  readonly schema: S;
  validate?(context: ValidateContext<S>): void;
  /** Runs while planning and again while applying, whenever the configuration is known. */
  open(context: EphemeralOpenContext<S, C>): Promise<EphemeralOpened<S>>;
  /** Runs at `renewAt`; says when to renew next. */
  renew?(context: EphemeralContext<C>): Promise<{ readonly renewAt?: Date }>;
  /** Runs at the end, also of a run that failed. */
  close?(context: EphemeralContext<C>): Promise<void>;
}

/** For {@link EphemeralResource.renew} and {@link EphemeralResource.close}. */
export interface EphemeralContext<C> extends OperationContext {
  readonly client: C;
}

/** For {@link EphemeralResource.open}. */
export interface EphemeralOpenContext<S extends Schema, C> extends EphemeralContext<C> {
  readonly config: ConfigModel<S>;
}

/** Answer of {@link EphemeralResource.open}. */
export interface EphemeralOpened<S extends Schema> {
  readonly result: StateModel<S>;
  readonly renewAt?: Date;
}

/** A pure function that configurations can call. May run before the provider is configured. */
export interface ProviderFunction {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  /** Takes any number of further arguments. */
  readonly variadicParameter?: FunctionParameter;
  readonly returns: FunctionReturn;
  /** @throws {FunctionError} for arguments that it refuses */
  call(args: readonly Value[]): Promise<Value>;
}

/** One argument of a {@link ProviderFunction}. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: TerraformType;
  readonly description: string;
  readonly allowNull?: boolean;
  readonly allowUnknown?: boolean;
}

/** What a {@link ProviderFunction} gives. */
export interface FunctionReturn {
  readonly type: TerraformType;
}

/** Why a function refused its arguments. */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
  /** Position of the argument at fault, from 0. */
  readonly argument: number | undefined;

  constructor(message: string, argument?: number) {
    super(message);
    this.argument = argument;
  }
}

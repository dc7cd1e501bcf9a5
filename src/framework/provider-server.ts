import type { Diagnostic } from "./diagnostics.ts";
import type { EngineLife } from "./engine-life.ts";
import type { ProviderFunction } from "./resource.ts";
import type { IdentitySchema, Schema } from "./schema.ts";
import type { AttributePath } from "./attribute-path.ts";
import type { Value } from "./value.ts";

/** Everything that the engine may ask for by type name. Names carry the provider's prefix: `qumulo_role`. */
export interface ProviderSchemas {
  readonly provider: Schema;
  readonly resources: ReadonlyMap<string, ResourceSchemas>;
  readonly dataSources: ReadonlyMap<string, Schema>;
  readonly ephemeralResources: ReadonlyMap<string, Schema>;
  readonly actions: ReadonlyMap<string, Schema>;
  /** The filters of those resources whose objects can be listed. */
  readonly lists: ReadonlyMap<string, Schema>;
  /** By plain name, without a prefix. */
  readonly functions: ReadonlyMap<string, ProviderFunction>;
}

/** The shapes of one managed resource. */
export interface ResourceSchemas {
  readonly schema: Schema;
  readonly identity: IdentitySchema | undefined;
  /** Whether a `moved` block may bring an object of another type here. */
  readonly acceptsMoves?: boolean;
}

/** What the engine can do, as it says with each request. */
export interface ClientCapabilities {
  /** Whether values of write-only attributes may be set. */
  readonly writeOnlyAttributesAllowed: boolean;
}

/** Diagnostics alone. */
export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
}

/** To {@link ProviderServer.validateResource} and its siblings. */
export interface ValidateRequest {
  readonly typeName: string;
  readonly config: Value;
  readonly capabilities: ClientCapabilities;
}

/** To {@link ProviderServer.upgradeState}. */
export interface UpgradeStateRequest {
  readonly typeName: string;
  /** Schema version that wrote the state. */
  readonly version: number;
  /** The stored object as the bytes of its JSON, or `undefined` for the format of Terraform 0.11. */
  readonly rawStateJson: Uint8Array | undefined;
}

/** From {@link ProviderServer.upgradeState}: bytes of JSON in the current schema. Unchanged bytes for an equal version. */
export interface UpgradeStateAnswer extends Answer {
  readonly stateJson: Uint8Array | undefined;
}

/** To {@link ProviderServer.upgradeIdentity}. */
export interface UpgradeIdentityRequest {
  readonly typeName: string;
  readonly version: number;
  readonly rawIdentityJson: Uint8Array;
}

/** From {@link ProviderServer.upgradeIdentity}. */
export interface UpgradeIdentityAnswer extends Answer {
  readonly identity: Value | undefined;
}

/** To {@link ProviderServer.readResource}. */
export interface ReadResourceRequest {
  readonly typeName: string;
  readonly state: Value;
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** From {@link ProviderServer.readResource}: a null state means that the object is gone. */
export interface ReadResourceAnswer extends Answer {
  readonly state: Value;
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** To {@link ProviderServer.planResourceChange}. */
export interface PlanRequest {
  readonly typeName: string;
  readonly prior: Value;
  readonly proposed: Value;
  readonly config: Value;
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** From {@link ProviderServer.planResourceChange}. */
export interface PlanAnswer extends Answer {
  readonly planned: Value;
  readonly requiresReplace: readonly AttributePath[];
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** To {@link ProviderServer.applyResourceChange}: create, update or delete, by which of prior and planned is null. */
export interface ApplyRequest {
  readonly typeName: string;
  readonly prior: Value;
  readonly planned: Value;
  readonly config: Value;
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** From {@link ProviderServer.applyResourceChange}: with errors, the best known state. */
export interface ApplyAnswer extends Answer {
  readonly state: Value;
  readonly private: Uint8Array;
  readonly identity: Value | undefined;
}

/** To {@link ProviderServer.importResource}: an id, or an identity. */
export interface ImportRequest {
  readonly typeName: string;
  readonly id: string;
  readonly identity: Value | undefined;
}

/** From {@link ProviderServer.importResource}: what read needs, or nothing with errors. */
export interface ImportAnswer extends Answer {
  readonly imported:
    { readonly state: Value; readonly private: Uint8Array; readonly identity: Value | undefined } | undefined;
}

/** To {@link ProviderServer.moveResource}. */
export interface MoveRequest {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  readonly sourceStateJson: Uint8Array | undefined;
  readonly targetTypeName: string;
}

/** From {@link ProviderServer.moveResource}. */
export interface MoveAnswer extends Answer {
  readonly target:
    { readonly state: Value; readonly private: Uint8Array; readonly identity: Value | undefined } | undefined;
}

/** To {@link ProviderServer.readDataSource}. */
export interface ReadDataSourceRequest {
  readonly typeName: string;
  readonly config: Value;
}

/** From {@link ProviderServer.readDataSource}. */
export interface ReadDataSourceAnswer extends Answer {
  readonly state: Value;
}

/** To {@link ProviderServer.openEphemeral}. */
export interface OpenEphemeralRequest {
  readonly typeName: string;
  readonly config: Value;
}

/** From {@link ProviderServer.openEphemeral}. */
export interface OpenEphemeralAnswer extends Answer {
  readonly result: Value;
  readonly private: Uint8Array | undefined;
  readonly renewAt: Date | undefined;
}

/** To {@link ProviderServer.renewEphemeral} and {@link ProviderServer.closeEphemeral}. */
export interface EphemeralRequest {
  readonly typeName: string;
  readonly private: Uint8Array | undefined;
}

/** From {@link ProviderServer.renewEphemeral}. */
export interface RenewEphemeralAnswer extends Answer {
  readonly private: Uint8Array | undefined;
  readonly renewAt: Date | undefined;
}

/** To {@link ProviderServer.listResource}. */
export interface ListRequest {
  readonly typeName: string;
  readonly config: Value;
  /** Whether whole objects are wanted, and not only what names them. */
  readonly includesObject: boolean;
  /** The most objects that the engine takes. */
  readonly limit: number;
  /** Aborted when the engine wants no more. */
  readonly signal: AbortSignal;
  /** Is told what takes long. */
  readonly progress: (message: string) => void;
}

/** From {@link ProviderServer.listResource}: an object, or diagnostics, or both. An error is the end of the list. */
export interface ListAnswer extends Answer {
  readonly object:
    { readonly displayName: string; readonly identity: Value; readonly state: Value | undefined } | undefined;
}

/** To {@link ProviderServer.generateConfig}. */
export interface GenerateConfigRequest {
  readonly typeName: string;
  readonly state: Value;
}

/** From {@link ProviderServer.generateConfig}: what a practitioner would write for the object. */
export interface GenerateConfigAnswer extends Answer {
  readonly config: Value;
}

/** To {@link ProviderServer.planAction} and {@link ProviderServer.invokeAction}. */
export interface ActionRequest {
  readonly typeName: string;
  readonly config: Value;
}

/** From {@link ProviderServer.callFunction}. */
export type FunctionAnswer =
  | { readonly kind: "result"; readonly value: Value }
  | { readonly kind: "error"; readonly text: string; readonly argument: number | undefined };

/**
 * A provider as the plugin protocol sees it: one method for each thing an engine asks, values free of the wire.
 *
 * No method throws for anything a practitioner, a cluster or a handler did: that comes back as diagnostics. Only a type
 * name that is not in `schemas` throws, which engines check first. Methods may run side by side.
 */
export interface ProviderServer {
  readonly schemas: ProviderSchemas;
  /** The same provider, for the calls of one engine: when that engine is gone, operations that run for it are ended or undone. */
  servedTo(engine: EngineLife): ProviderServer;
  validateProvider(config: Value): Promise<Answer>;
  /** May be called many times in one process; the last one counts. */
  configure(config: Value): Promise<Answer>;
  /** Ends waits and retries of everything that runs now; operations that come later run as usual. */
  stop(): void;
  validateResource(request: ValidateRequest): Promise<Answer>;
  validateDataSource(request: ValidateRequest): Promise<Answer>;
  validateEphemeral(request: ValidateRequest): Promise<Answer>;
  validateAction(request: ValidateRequest): Promise<Answer>;
  validateList(request: ValidateRequest): Promise<Answer>;
  upgradeState(request: UpgradeStateRequest): Promise<UpgradeStateAnswer>;
  upgradeIdentity(request: UpgradeIdentityRequest): Promise<UpgradeIdentityAnswer>;
  readResource(request: ReadResourceRequest): Promise<ReadResourceAnswer>;
  planResourceChange(request: PlanRequest): Promise<PlanAnswer>;
  applyResourceChange(request: ApplyRequest): Promise<ApplyAnswer>;
  importResource(request: ImportRequest): Promise<ImportAnswer>;
  moveResource(request: MoveRequest): Promise<MoveAnswer>;
  readDataSource(request: ReadDataSourceRequest): Promise<ReadDataSourceAnswer>;
  openEphemeral(request: OpenEphemeralRequest): Promise<OpenEphemeralAnswer>;
  renewEphemeral(request: EphemeralRequest): Promise<RenewEphemeralAnswer>;
  closeEphemeral(request: EphemeralRequest): Promise<Answer>;
  /**
   * Closes what engines have opened and will not close any more, since they are going away: engines skip the closing of
   * whatever was used by something that failed. Goes on after an engine is gone.
   */
  closeLeftovers(): Promise<Answer>;
  /** Each answer is worked out when it is asked for. */
  listResource(request: ListRequest): AsyncIterable<ListAnswer>;
  generateConfig(request: GenerateConfigRequest): Promise<GenerateConfigAnswer>;
  planAction(request: ActionRequest): Promise<Answer>;
  /** Resolves when the action is done, and reports its progress before. */
  invokeAction(request: ActionRequest, progress: (message: string) => void): Promise<Answer>;
  /** Functions may run before `configure`. */
  callFunction(name: string, args: readonly Value[]): Promise<FunctionAnswer>;
}

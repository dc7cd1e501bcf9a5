// Written by "npm run generate:stubs" from tfplugin6.proto; not to be edited.
/* eslint-disable */

import type { ServerStreamRpc, UnaryRpc, Writable } from "../../protobuf/rpc.ts";
import type { WireReader } from "../../protobuf/wire-reader.ts";
import type { WireWriter } from "../../protobuf/wire-writer.ts";

const noBytes = new Uint8Array();

/** tfplugin6.Diagnostic.Severity */
export const Diagnostic_Severity = {
  INVALID: 0,
  ERROR: 1,
  WARNING: 2,
} as const;

/** tfplugin6.Diagnostic.Severity */
export type Diagnostic_Severity = (typeof Diagnostic_Severity)[keyof typeof Diagnostic_Severity];

/** tfplugin6.StringKind */
export const StringKind = {
  PLAIN: 0,
  MARKDOWN: 1,
} as const;

/** tfplugin6.StringKind */
export type StringKind = (typeof StringKind)[keyof typeof StringKind];

/** tfplugin6.Schema.Object.NestingMode */
export const Schema_Object_NestingMode = {
  INVALID: 0,
  SINGLE: 1,
  LIST: 2,
  SET: 3,
  MAP: 4,
} as const;

/** tfplugin6.Schema.Object.NestingMode */
export type Schema_Object_NestingMode = (typeof Schema_Object_NestingMode)[keyof typeof Schema_Object_NestingMode];

/** tfplugin6.Schema.NestedBlock.NestingMode */
export const Schema_NestedBlock_NestingMode = {
  INVALID: 0,
  SINGLE: 1,
  LIST: 2,
  SET: 3,
  MAP: 4,
  GROUP: 5,
} as const;

/** tfplugin6.Schema.NestedBlock.NestingMode */
export type Schema_NestedBlock_NestingMode = (typeof Schema_NestedBlock_NestingMode)[keyof typeof Schema_NestedBlock_NestingMode];

/** tfplugin6.GetMetadata.Request, as it is received. */
export interface GetMetadata_Request {
}

export function decodeGetMetadata_Request(reader: WireReader, end: number, _before?: GetMetadata_Request): GetMetadata_Request {
  const message: Writable<GetMetadata_Request> = {
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.GetProviderSchema.Request, as it is received. */
export interface GetProviderSchema_Request {
}

export function decodeGetProviderSchema_Request(reader: WireReader, end: number, _before?: GetProviderSchema_Request): GetProviderSchema_Request {
  const message: Writable<GetProviderSchema_Request> = {
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.GetResourceIdentitySchemas.Request, as it is received. */
export interface GetResourceIdentitySchemas_Request {
}

export function decodeGetResourceIdentitySchemas_Request(reader: WireReader, end: number, _before?: GetResourceIdentitySchemas_Request): GetResourceIdentitySchemas_Request {
  const message: Writable<GetResourceIdentitySchemas_Request> = {
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.GetFunctions.Request, as it is received. */
export interface GetFunctions_Request {
}

export function decodeGetFunctions_Request(reader: WireReader, end: number, _before?: GetFunctions_Request): GetFunctions_Request {
  const message: Writable<GetFunctions_Request> = {
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.StopProvider.Request, as it is received. */
export interface StopProvider_Request {
}

export function decodeStopProvider_Request(reader: WireReader, end: number, _before?: StopProvider_Request): StopProvider_Request {
  const message: Writable<StopProvider_Request> = {
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ValidateProviderConfig.Request, as it is received. */
export interface ValidateProviderConfig_Request {
  readonly config: DynamicValue | undefined;
}

export function decodeValidateProviderConfig_Request(reader: WireReader, end: number, before?: ValidateProviderConfig_Request): ValidateProviderConfig_Request {
  const message: Writable<ValidateProviderConfig_Request> = {
    config: before?.config,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.DynamicValue, as it is received. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
  readonly json: Uint8Array;
}

export function decodeDynamicValue(reader: WireReader, end: number, before?: DynamicValue): DynamicValue {
  const message: Writable<DynamicValue> = {
    msgpack: before?.msgpack ?? noBytes,
    json: before?.json ?? noBytes,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.msgpack = reader.bytes();
        break;
      case 18:
        message.json = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ConfigureProvider.Request, as it is received. */
export interface ConfigureProvider_Request {
  readonly terraformVersion: string;
  readonly config: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
}

export function decodeConfigureProvider_Request(reader: WireReader, end: number, before?: ConfigureProvider_Request): ConfigureProvider_Request {
  const message: Writable<ConfigureProvider_Request> = {
    terraformVersion: before?.terraformVersion ?? "",
    config: before?.config,
    clientCapabilities: before?.clientCapabilities,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.terraformVersion = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ClientCapabilities, as it is received. */
export interface ClientCapabilities {
  readonly deferralAllowed: boolean;
  readonly writeOnlyAttributesAllowed: boolean;
}

export function decodeClientCapabilities(reader: WireReader, end: number, before?: ClientCapabilities): ClientCapabilities {
  const message: Writable<ClientCapabilities> = {
    deferralAllowed: before?.deferralAllowed ?? false,
    writeOnlyAttributesAllowed: before?.writeOnlyAttributesAllowed ?? false,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        message.deferralAllowed = reader.bool();
        break;
      case 16:
        message.writeOnlyAttributesAllowed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ValidateResourceConfig.Request, as it is received. */
export interface ValidateResourceConfig_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
}

export function decodeValidateResourceConfig_Request(reader: WireReader, end: number, before?: ValidateResourceConfig_Request): ValidateResourceConfig_Request {
  const message: Writable<ValidateResourceConfig_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
    clientCapabilities: before?.clientCapabilities,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.UpgradeResourceState.Request, as it is received. */
export interface UpgradeResourceState_Request {
  readonly typeName: string;
  readonly version: bigint;
  readonly rawState: RawState | undefined;
}

export function decodeUpgradeResourceState_Request(reader: WireReader, end: number, before?: UpgradeResourceState_Request): UpgradeResourceState_Request {
  const message: Writable<UpgradeResourceState_Request> = {
    typeName: before?.typeName ?? "",
    version: before?.version ?? 0n,
    rawState: before?.rawState,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 16:
        message.version = reader.int64();
        break;
      case 26:
        message.rawState = decodeRawState(reader, reader.messageEnd(), message.rawState);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.RawState, as it is received. */
export interface RawState {
  readonly json: Uint8Array;
}

export function decodeRawState(reader: WireReader, end: number, before?: RawState): RawState {
  const message: Writable<RawState> = {
    json: before?.json ?? noBytes,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.json = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.UpgradeResourceIdentity.Request, as it is received. */
export interface UpgradeResourceIdentity_Request {
  readonly typeName: string;
  readonly version: bigint;
  readonly rawIdentity: RawState | undefined;
}

export function decodeUpgradeResourceIdentity_Request(reader: WireReader, end: number, before?: UpgradeResourceIdentity_Request): UpgradeResourceIdentity_Request {
  const message: Writable<UpgradeResourceIdentity_Request> = {
    typeName: before?.typeName ?? "",
    version: before?.version ?? 0n,
    rawIdentity: before?.rawIdentity,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 16:
        message.version = reader.int64();
        break;
      case 26:
        message.rawIdentity = decodeRawState(reader, reader.messageEnd(), message.rawIdentity);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ReadResource.Request, as it is received. */
export interface ReadResource_Request {
  readonly typeName: string;
  readonly currentState: DynamicValue | undefined;
  readonly private: Uint8Array;
  readonly providerMeta: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
  readonly currentIdentity: ResourceIdentityData | undefined;
}

export function decodeReadResource_Request(reader: WireReader, end: number, before?: ReadResource_Request): ReadResource_Request {
  const message: Writable<ReadResource_Request> = {
    typeName: before?.typeName ?? "",
    currentState: before?.currentState,
    private: before?.private ?? noBytes,
    providerMeta: before?.providerMeta,
    clientCapabilities: before?.clientCapabilities,
    currentIdentity: before?.currentIdentity,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.currentState = decodeDynamicValue(reader, reader.messageEnd(), message.currentState);
        break;
      case 26:
        message.private = reader.bytes();
        break;
      case 34:
        message.providerMeta = decodeDynamicValue(reader, reader.messageEnd(), message.providerMeta);
        break;
      case 42:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      case 50:
        message.currentIdentity = decodeResourceIdentityData(reader, reader.messageEnd(), message.currentIdentity);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ResourceIdentityData, as it is received. */
export interface ResourceIdentityData {
  readonly identityData: DynamicValue | undefined;
}

export function decodeResourceIdentityData(reader: WireReader, end: number, before?: ResourceIdentityData): ResourceIdentityData {
  const message: Writable<ResourceIdentityData> = {
    identityData: before?.identityData,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.identityData = decodeDynamicValue(reader, reader.messageEnd(), message.identityData);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.PlanResourceChange.Request, as it is received. */
export interface PlanResourceChange_Request {
  readonly typeName: string;
  readonly priorState: DynamicValue | undefined;
  readonly proposedNewState: DynamicValue | undefined;
  readonly config: DynamicValue | undefined;
  readonly priorPrivate: Uint8Array;
  readonly providerMeta: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
  readonly priorIdentity: ResourceIdentityData | undefined;
}

export function decodePlanResourceChange_Request(reader: WireReader, end: number, before?: PlanResourceChange_Request): PlanResourceChange_Request {
  const message: Writable<PlanResourceChange_Request> = {
    typeName: before?.typeName ?? "",
    priorState: before?.priorState,
    proposedNewState: before?.proposedNewState,
    config: before?.config,
    priorPrivate: before?.priorPrivate ?? noBytes,
    providerMeta: before?.providerMeta,
    clientCapabilities: before?.clientCapabilities,
    priorIdentity: before?.priorIdentity,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.priorState = decodeDynamicValue(reader, reader.messageEnd(), message.priorState);
        break;
      case 26:
        message.proposedNewState = decodeDynamicValue(reader, reader.messageEnd(), message.proposedNewState);
        break;
      case 34:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 42:
        message.priorPrivate = reader.bytes();
        break;
      case 50:
        message.providerMeta = decodeDynamicValue(reader, reader.messageEnd(), message.providerMeta);
        break;
      case 58:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      case 66:
        message.priorIdentity = decodeResourceIdentityData(reader, reader.messageEnd(), message.priorIdentity);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ApplyResourceChange.Request, as it is received. */
export interface ApplyResourceChange_Request {
  readonly typeName: string;
  readonly priorState: DynamicValue | undefined;
  readonly plannedState: DynamicValue | undefined;
  readonly config: DynamicValue | undefined;
  readonly plannedPrivate: Uint8Array;
  readonly providerMeta: DynamicValue | undefined;
  readonly plannedIdentity: ResourceIdentityData | undefined;
}

export function decodeApplyResourceChange_Request(reader: WireReader, end: number, before?: ApplyResourceChange_Request): ApplyResourceChange_Request {
  const message: Writable<ApplyResourceChange_Request> = {
    typeName: before?.typeName ?? "",
    priorState: before?.priorState,
    plannedState: before?.plannedState,
    config: before?.config,
    plannedPrivate: before?.plannedPrivate ?? noBytes,
    providerMeta: before?.providerMeta,
    plannedIdentity: before?.plannedIdentity,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.priorState = decodeDynamicValue(reader, reader.messageEnd(), message.priorState);
        break;
      case 26:
        message.plannedState = decodeDynamicValue(reader, reader.messageEnd(), message.plannedState);
        break;
      case 34:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 42:
        message.plannedPrivate = reader.bytes();
        break;
      case 50:
        message.providerMeta = decodeDynamicValue(reader, reader.messageEnd(), message.providerMeta);
        break;
      case 58:
        message.plannedIdentity = decodeResourceIdentityData(reader, reader.messageEnd(), message.plannedIdentity);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ImportResourceState.Request, as it is received. */
export interface ImportResourceState_Request {
  readonly typeName: string;
  readonly id: string;
  readonly clientCapabilities: ClientCapabilities | undefined;
  readonly identity: ResourceIdentityData | undefined;
}

export function decodeImportResourceState_Request(reader: WireReader, end: number, before?: ImportResourceState_Request): ImportResourceState_Request {
  const message: Writable<ImportResourceState_Request> = {
    typeName: before?.typeName ?? "",
    id: before?.id ?? "",
    clientCapabilities: before?.clientCapabilities,
    identity: before?.identity,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.id = reader.string();
        break;
      case 26:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      case 34:
        message.identity = decodeResourceIdentityData(reader, reader.messageEnd(), message.identity);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.MoveResourceState.Request, as it is received. */
export interface MoveResourceState_Request {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: bigint;
  readonly sourceState: RawState | undefined;
  readonly targetTypeName: string;
  readonly sourcePrivate: Uint8Array;
  readonly sourceIdentity: RawState | undefined;
  readonly sourceIdentitySchemaVersion: bigint;
}

export function decodeMoveResourceState_Request(reader: WireReader, end: number, before?: MoveResourceState_Request): MoveResourceState_Request {
  const message: Writable<MoveResourceState_Request> = {
    sourceProviderAddress: before?.sourceProviderAddress ?? "",
    sourceTypeName: before?.sourceTypeName ?? "",
    sourceSchemaVersion: before?.sourceSchemaVersion ?? 0n,
    sourceState: before?.sourceState,
    targetTypeName: before?.targetTypeName ?? "",
    sourcePrivate: before?.sourcePrivate ?? noBytes,
    sourceIdentity: before?.sourceIdentity,
    sourceIdentitySchemaVersion: before?.sourceIdentitySchemaVersion ?? 0n,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.sourceProviderAddress = reader.string();
        break;
      case 18:
        message.sourceTypeName = reader.string();
        break;
      case 24:
        message.sourceSchemaVersion = reader.int64();
        break;
      case 34:
        message.sourceState = decodeRawState(reader, reader.messageEnd(), message.sourceState);
        break;
      case 42:
        message.targetTypeName = reader.string();
        break;
      case 50:
        message.sourcePrivate = reader.bytes();
        break;
      case 58:
        message.sourceIdentity = decodeRawState(reader, reader.messageEnd(), message.sourceIdentity);
        break;
      case 64:
        message.sourceIdentitySchemaVersion = reader.int64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.GenerateResourceConfig.Request, as it is received. */
export interface GenerateResourceConfig_Request {
  readonly typeName: string;
  readonly state: DynamicValue | undefined;
}

export function decodeGenerateResourceConfig_Request(reader: WireReader, end: number, before?: GenerateResourceConfig_Request): GenerateResourceConfig_Request {
  const message: Writable<GenerateResourceConfig_Request> = {
    typeName: before?.typeName ?? "",
    state: before?.state,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.state = decodeDynamicValue(reader, reader.messageEnd(), message.state);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ValidateListResourceConfig.Request, as it is received. */
export interface ValidateListResourceConfig_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
  readonly includeResourceObject: DynamicValue | undefined;
  readonly limit: DynamicValue | undefined;
}

export function decodeValidateListResourceConfig_Request(reader: WireReader, end: number, before?: ValidateListResourceConfig_Request): ValidateListResourceConfig_Request {
  const message: Writable<ValidateListResourceConfig_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
    includeResourceObject: before?.includeResourceObject,
    limit: before?.limit,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.includeResourceObject = decodeDynamicValue(reader, reader.messageEnd(), message.includeResourceObject);
        break;
      case 34:
        message.limit = decodeDynamicValue(reader, reader.messageEnd(), message.limit);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ListResource.Request, as it is received. */
export interface ListResource_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
  readonly includeResourceObject: boolean;
  readonly limit: bigint;
}

export function decodeListResource_Request(reader: WireReader, end: number, before?: ListResource_Request): ListResource_Request {
  const message: Writable<ListResource_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
    includeResourceObject: before?.includeResourceObject ?? false,
    limit: before?.limit ?? 0n,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 24:
        message.includeResourceObject = reader.bool();
        break;
      case 32:
        message.limit = reader.int64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ValidateActionConfig.Request, as it is received. */
export interface ValidateActionConfig_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
}

export function decodeValidateActionConfig_Request(reader: WireReader, end: number, before?: ValidateActionConfig_Request): ValidateActionConfig_Request {
  const message: Writable<ValidateActionConfig_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.PlanAction.Request, as it is received. */
export interface PlanAction_Request {
  readonly actionType: string;
  readonly config: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
}

export function decodePlanAction_Request(reader: WireReader, end: number, before?: PlanAction_Request): PlanAction_Request {
  const message: Writable<PlanAction_Request> = {
    actionType: before?.actionType ?? "",
    config: before?.config,
    clientCapabilities: before?.clientCapabilities,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.actionType = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.InvokeAction.Request, as it is received. */
export interface InvokeAction_Request {
  readonly actionType: string;
  readonly config: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
}

export function decodeInvokeAction_Request(reader: WireReader, end: number, before?: InvokeAction_Request): InvokeAction_Request {
  const message: Writable<InvokeAction_Request> = {
    actionType: before?.actionType ?? "",
    config: before?.config,
    clientCapabilities: before?.clientCapabilities,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.actionType = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ValidateDataResourceConfig.Request, as it is received. */
export interface ValidateDataResourceConfig_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
}

export function decodeValidateDataResourceConfig_Request(reader: WireReader, end: number, before?: ValidateDataResourceConfig_Request): ValidateDataResourceConfig_Request {
  const message: Writable<ValidateDataResourceConfig_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ReadDataSource.Request, as it is received. */
export interface ReadDataSource_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
  readonly providerMeta: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
}

export function decodeReadDataSource_Request(reader: WireReader, end: number, before?: ReadDataSource_Request): ReadDataSource_Request {
  const message: Writable<ReadDataSource_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
    providerMeta: before?.providerMeta,
    clientCapabilities: before?.clientCapabilities,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.providerMeta = decodeDynamicValue(reader, reader.messageEnd(), message.providerMeta);
        break;
      case 34:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.ValidateEphemeralResourceConfig.Request, as it is received. */
export interface ValidateEphemeralResourceConfig_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
}

export function decodeValidateEphemeralResourceConfig_Request(reader: WireReader, end: number, before?: ValidateEphemeralResourceConfig_Request): ValidateEphemeralResourceConfig_Request {
  const message: Writable<ValidateEphemeralResourceConfig_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.OpenEphemeralResource.Request, as it is received. */
export interface OpenEphemeralResource_Request {
  readonly typeName: string;
  readonly config: DynamicValue | undefined;
  readonly clientCapabilities: ClientCapabilities | undefined;
}

export function decodeOpenEphemeralResource_Request(reader: WireReader, end: number, before?: OpenEphemeralResource_Request): OpenEphemeralResource_Request {
  const message: Writable<OpenEphemeralResource_Request> = {
    typeName: before?.typeName ?? "",
    config: before?.config,
    clientCapabilities: before?.clientCapabilities,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.config = decodeDynamicValue(reader, reader.messageEnd(), message.config);
        break;
      case 26:
        message.clientCapabilities = decodeClientCapabilities(reader, reader.messageEnd(), message.clientCapabilities);
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.RenewEphemeralResource.Request, as it is received. */
export interface RenewEphemeralResource_Request {
  readonly typeName: string;
  readonly private: Uint8Array | undefined;
}

export function decodeRenewEphemeralResource_Request(reader: WireReader, end: number, before?: RenewEphemeralResource_Request): RenewEphemeralResource_Request {
  const message: Writable<RenewEphemeralResource_Request> = {
    typeName: before?.typeName ?? "",
    private: before?.private,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.private = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.CloseEphemeralResource.Request, as it is received. */
export interface CloseEphemeralResource_Request {
  readonly typeName: string;
  readonly private: Uint8Array | undefined;
}

export function decodeCloseEphemeralResource_Request(reader: WireReader, end: number, before?: CloseEphemeralResource_Request): CloseEphemeralResource_Request {
  const message: Writable<CloseEphemeralResource_Request> = {
    typeName: before?.typeName ?? "",
    private: before?.private,
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeName = reader.string();
        break;
      case 18:
        message.private = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.CallFunction.Request, as it is received. */
export interface CallFunction_Request {
  readonly name: string;
  readonly arguments: DynamicValue[];
}

export function decodeCallFunction_Request(reader: WireReader, end: number, before?: CallFunction_Request): CallFunction_Request {
  const message: Writable<CallFunction_Request> = {
    name: before?.name ?? "",
    arguments: [...(before?.arguments ?? [])],
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.name = reader.string();
        break;
      case 18:
        message.arguments.push(decodeDynamicValue(reader, reader.messageEnd()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** tfplugin6.GetMetadata.Response, as it is sent: what is left out is as good as its zero. */
export interface GetMetadata_ResponseInit {
  readonly serverCapabilities?: ServerCapabilitiesInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly dataSources?: readonly GetMetadata_TypeMetadataInit[] | undefined;
  readonly resources?: readonly GetMetadata_TypeMetadataInit[] | undefined;
  readonly functions?: readonly GetMetadata_FunctionMetadataInit[] | undefined;
  readonly ephemeralResources?: readonly GetMetadata_TypeMetadataInit[] | undefined;
  readonly listResources?: readonly GetMetadata_TypeMetadataInit[] | undefined;
  readonly actions?: readonly GetMetadata_TypeMetadataInit[] | undefined;
}

export function encodeGetMetadata_Response(writer: WireWriter, message: GetMetadata_ResponseInit): void {
  if (message.serverCapabilities !== undefined) writer.message(10, message.serverCapabilities, encodeServerCapabilities);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
  for (const each of message.dataSources ?? []) writer.message(26, each, encodeGetMetadata_TypeMetadata);
  for (const each of message.resources ?? []) writer.message(34, each, encodeGetMetadata_TypeMetadata);
  for (const each of message.functions ?? []) writer.message(42, each, encodeGetMetadata_FunctionMetadata);
  for (const each of message.ephemeralResources ?? []) writer.message(50, each, encodeGetMetadata_TypeMetadata);
  for (const each of message.listResources ?? []) writer.message(58, each, encodeGetMetadata_TypeMetadata);
  for (const each of message.actions ?? []) writer.message(74, each, encodeGetMetadata_TypeMetadata);
}

/** tfplugin6.ServerCapabilities, as it is sent: what is left out is as good as its zero. */
export interface ServerCapabilitiesInit {
  readonly planDestroy?: boolean | undefined;
  readonly getProviderSchemaOptional?: boolean | undefined;
  readonly moveResourceState?: boolean | undefined;
  readonly generateResourceConfig?: boolean | undefined;
}

export function encodeServerCapabilities(writer: WireWriter, message: ServerCapabilitiesInit): void {
  if (message.planDestroy) writer.bool(8, message.planDestroy);
  if (message.getProviderSchemaOptional) writer.bool(16, message.getProviderSchemaOptional);
  if (message.moveResourceState) writer.bool(24, message.moveResourceState);
  if (message.generateResourceConfig) writer.bool(32, message.generateResourceConfig);
}

/** tfplugin6.Diagnostic, as it is sent: what is left out is as good as its zero. */
export interface DiagnosticInit {
  readonly severity?: Diagnostic_Severity | undefined;
  readonly summary?: string | undefined;
  readonly detail?: string | undefined;
  readonly attribute?: AttributePathInit | undefined;
}

export function encodeDiagnostic(writer: WireWriter, message: DiagnosticInit): void {
  if (message.severity) writer.enumeration(8, message.severity);
  if (message.summary) writer.string(18, message.summary);
  if (message.detail) writer.string(26, message.detail);
  if (message.attribute !== undefined) writer.message(34, message.attribute, encodeAttributePath);
}

/** tfplugin6.AttributePath, as it is sent: what is left out is as good as its zero. */
export interface AttributePathInit {
  readonly steps?: readonly AttributePath_StepInit[] | undefined;
}

export function encodeAttributePath(writer: WireWriter, message: AttributePathInit): void {
  for (const each of message.steps ?? []) writer.message(10, each, encodeAttributePath_Step);
}

/** tfplugin6.AttributePath.Step, as it is sent: what is left out is as good as its zero. */
export interface AttributePath_StepInit {
  readonly selector: { readonly case: "attributeName"; readonly value: string } | { readonly case: "elementKeyString"; readonly value: string } | { readonly case: "elementKeyInt"; readonly value: bigint };
}

export function encodeAttributePath_Step(writer: WireWriter, message: AttributePath_StepInit): void {
  switch (message.selector.case) {
    case "attributeName":
      writer.string(10, message.selector.value);
      break;
    case "elementKeyString":
      writer.string(18, message.selector.value);
      break;
    case "elementKeyInt":
      writer.int64(24, message.selector.value);
      break;
  }
}

/** tfplugin6.GetMetadata.TypeMetadata, as it is sent: what is left out is as good as its zero. */
export interface GetMetadata_TypeMetadataInit {
  readonly typeName?: string | undefined;
}

export function encodeGetMetadata_TypeMetadata(writer: WireWriter, message: GetMetadata_TypeMetadataInit): void {
  if (message.typeName) writer.string(10, message.typeName);
}

/** tfplugin6.GetMetadata.FunctionMetadata, as it is sent: what is left out is as good as its zero. */
export interface GetMetadata_FunctionMetadataInit {
  readonly name?: string | undefined;
}

export function encodeGetMetadata_FunctionMetadata(writer: WireWriter, message: GetMetadata_FunctionMetadataInit): void {
  if (message.name) writer.string(10, message.name);
}

/** tfplugin6.GetProviderSchema.Response, as it is sent: what is left out is as good as its zero. */
export interface GetProviderSchema_ResponseInit {
  readonly provider?: SchemaInit | undefined;
  readonly resourceSchemas?: Readonly<Record<string, SchemaInit>> | undefined;
  readonly dataSourceSchemas?: Readonly<Record<string, SchemaInit>> | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly providerMeta?: SchemaInit | undefined;
  readonly serverCapabilities?: ServerCapabilitiesInit | undefined;
  readonly functions?: Readonly<Record<string, FunctionInit>> | undefined;
  readonly ephemeralResourceSchemas?: Readonly<Record<string, SchemaInit>> | undefined;
  readonly listResourceSchemas?: Readonly<Record<string, SchemaInit>> | undefined;
  readonly actionSchemas?: Readonly<Record<string, ActionSchemaInit>> | undefined;
}

export function encodeGetProviderSchema_Response(writer: WireWriter, message: GetProviderSchema_ResponseInit): void {
  if (message.provider !== undefined) writer.message(10, message.provider, encodeSchema);
  for (const entry of Object.entries(message.resourceSchemas ?? {})) writer.entry(18, entry, encodeSchema);
  for (const entry of Object.entries(message.dataSourceSchemas ?? {})) writer.entry(26, entry, encodeSchema);
  for (const each of message.diagnostics ?? []) writer.message(34, each, encodeDiagnostic);
  if (message.providerMeta !== undefined) writer.message(42, message.providerMeta, encodeSchema);
  if (message.serverCapabilities !== undefined) writer.message(50, message.serverCapabilities, encodeServerCapabilities);
  for (const entry of Object.entries(message.functions ?? {})) writer.entry(58, entry, encodeFunction);
  for (const entry of Object.entries(message.ephemeralResourceSchemas ?? {})) writer.entry(66, entry, encodeSchema);
  for (const entry of Object.entries(message.listResourceSchemas ?? {})) writer.entry(74, entry, encodeSchema);
  for (const entry of Object.entries(message.actionSchemas ?? {})) writer.entry(90, entry, encodeActionSchema);
}

/** tfplugin6.Schema, as it is sent: what is left out is as good as its zero. */
export interface SchemaInit {
  readonly version?: bigint | undefined;
  readonly block?: Schema_BlockInit | undefined;
}

export function encodeSchema(writer: WireWriter, message: SchemaInit): void {
  if (message.version) writer.int64(8, message.version);
  if (message.block !== undefined) writer.message(18, message.block, encodeSchema_Block);
}

/** tfplugin6.Schema.Block, as it is sent: what is left out is as good as its zero. */
export interface Schema_BlockInit {
  readonly version?: bigint | undefined;
  readonly attributes?: readonly Schema_AttributeInit[] | undefined;
  readonly blockTypes?: readonly Schema_NestedBlockInit[] | undefined;
  readonly description?: string | undefined;
  readonly descriptionKind?: StringKind | undefined;
  readonly deprecated?: boolean | undefined;
  readonly deprecationMessage?: string | undefined;
}

export function encodeSchema_Block(writer: WireWriter, message: Schema_BlockInit): void {
  if (message.version) writer.int64(8, message.version);
  for (const each of message.attributes ?? []) writer.message(18, each, encodeSchema_Attribute);
  for (const each of message.blockTypes ?? []) writer.message(26, each, encodeSchema_NestedBlock);
  if (message.description) writer.string(34, message.description);
  if (message.descriptionKind) writer.enumeration(40, message.descriptionKind);
  if (message.deprecated) writer.bool(48, message.deprecated);
  if (message.deprecationMessage) writer.string(58, message.deprecationMessage);
}

/** tfplugin6.Schema.Attribute, as it is sent: what is left out is as good as its zero. */
export interface Schema_AttributeInit {
  readonly name?: string | undefined;
  readonly type?: Uint8Array | undefined;
  readonly description?: string | undefined;
  readonly required?: boolean | undefined;
  readonly optional?: boolean | undefined;
  readonly computed?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly descriptionKind?: StringKind | undefined;
  readonly deprecated?: boolean | undefined;
  readonly nestedType?: Schema_ObjectInit | undefined;
  readonly writeOnly?: boolean | undefined;
  readonly deprecationMessage?: string | undefined;
}

export function encodeSchema_Attribute(writer: WireWriter, message: Schema_AttributeInit): void {
  if (message.name) writer.string(10, message.name);
  if (message.type !== undefined && message.type.length > 0) writer.bytes(18, message.type);
  if (message.description) writer.string(26, message.description);
  if (message.required) writer.bool(32, message.required);
  if (message.optional) writer.bool(40, message.optional);
  if (message.computed) writer.bool(48, message.computed);
  if (message.sensitive) writer.bool(56, message.sensitive);
  if (message.descriptionKind) writer.enumeration(64, message.descriptionKind);
  if (message.deprecated) writer.bool(72, message.deprecated);
  if (message.nestedType !== undefined) writer.message(82, message.nestedType, encodeSchema_Object);
  if (message.writeOnly) writer.bool(88, message.writeOnly);
  if (message.deprecationMessage) writer.string(98, message.deprecationMessage);
}

/** tfplugin6.Schema.Object, as it is sent: what is left out is as good as its zero. */
export interface Schema_ObjectInit {
  readonly attributes?: readonly Schema_AttributeInit[] | undefined;
  readonly nesting?: Schema_Object_NestingMode | undefined;
}

export function encodeSchema_Object(writer: WireWriter, message: Schema_ObjectInit): void {
  for (const each of message.attributes ?? []) writer.message(10, each, encodeSchema_Attribute);
  if (message.nesting) writer.enumeration(24, message.nesting);
}

/** tfplugin6.Schema.NestedBlock, as it is sent: what is left out is as good as its zero. */
export interface Schema_NestedBlockInit {
  readonly typeName?: string | undefined;
  readonly block?: Schema_BlockInit | undefined;
  readonly nesting?: Schema_NestedBlock_NestingMode | undefined;
  readonly minItems?: bigint | undefined;
  readonly maxItems?: bigint | undefined;
}

export function encodeSchema_NestedBlock(writer: WireWriter, message: Schema_NestedBlockInit): void {
  if (message.typeName) writer.string(10, message.typeName);
  if (message.block !== undefined) writer.message(18, message.block, encodeSchema_Block);
  if (message.nesting) writer.enumeration(24, message.nesting);
  if (message.minItems) writer.int64(32, message.minItems);
  if (message.maxItems) writer.int64(40, message.maxItems);
}

/** tfplugin6.Function, as it is sent: what is left out is as good as its zero. */
export interface FunctionInit {
  readonly parameters?: readonly Function_ParameterInit[] | undefined;
  readonly variadicParameter?: Function_ParameterInit | undefined;
  readonly return?: Function_ReturnInit | undefined;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly descriptionKind?: StringKind | undefined;
  readonly deprecationMessage?: string | undefined;
}

export function encodeFunction(writer: WireWriter, message: FunctionInit): void {
  for (const each of message.parameters ?? []) writer.message(10, each, encodeFunction_Parameter);
  if (message.variadicParameter !== undefined) writer.message(18, message.variadicParameter, encodeFunction_Parameter);
  if (message.return !== undefined) writer.message(26, message.return, encodeFunction_Return);
  if (message.summary) writer.string(34, message.summary);
  if (message.description) writer.string(42, message.description);
  if (message.descriptionKind) writer.enumeration(48, message.descriptionKind);
  if (message.deprecationMessage) writer.string(58, message.deprecationMessage);
}

/** tfplugin6.Function.Parameter, as it is sent: what is left out is as good as its zero. */
export interface Function_ParameterInit {
  readonly name?: string | undefined;
  readonly type?: Uint8Array | undefined;
  readonly allowNullValue?: boolean | undefined;
  readonly allowUnknownValues?: boolean | undefined;
  readonly description?: string | undefined;
  readonly descriptionKind?: StringKind | undefined;
}

export function encodeFunction_Parameter(writer: WireWriter, message: Function_ParameterInit): void {
  if (message.name) writer.string(10, message.name);
  if (message.type !== undefined && message.type.length > 0) writer.bytes(18, message.type);
  if (message.allowNullValue) writer.bool(24, message.allowNullValue);
  if (message.allowUnknownValues) writer.bool(32, message.allowUnknownValues);
  if (message.description) writer.string(42, message.description);
  if (message.descriptionKind) writer.enumeration(48, message.descriptionKind);
}

/** tfplugin6.Function.Return, as it is sent: what is left out is as good as its zero. */
export interface Function_ReturnInit {
  readonly type?: Uint8Array | undefined;
}

export function encodeFunction_Return(writer: WireWriter, message: Function_ReturnInit): void {
  if (message.type !== undefined && message.type.length > 0) writer.bytes(10, message.type);
}

/** tfplugin6.ActionSchema, as it is sent: what is left out is as good as its zero. */
export interface ActionSchemaInit {
  readonly schema?: SchemaInit | undefined;
}

export function encodeActionSchema(writer: WireWriter, message: ActionSchemaInit): void {
  if (message.schema !== undefined) writer.message(10, message.schema, encodeSchema);
}

/** tfplugin6.GetResourceIdentitySchemas.Response, as it is sent: what is left out is as good as its zero. */
export interface GetResourceIdentitySchemas_ResponseInit {
  readonly identitySchemas?: Readonly<Record<string, ResourceIdentitySchemaInit>> | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeGetResourceIdentitySchemas_Response(writer: WireWriter, message: GetResourceIdentitySchemas_ResponseInit): void {
  for (const entry of Object.entries(message.identitySchemas ?? {})) writer.entry(10, entry, encodeResourceIdentitySchema);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.ResourceIdentitySchema, as it is sent: what is left out is as good as its zero. */
export interface ResourceIdentitySchemaInit {
  readonly version?: bigint | undefined;
  readonly identityAttributes?: readonly ResourceIdentitySchema_IdentityAttributeInit[] | undefined;
}

export function encodeResourceIdentitySchema(writer: WireWriter, message: ResourceIdentitySchemaInit): void {
  if (message.version) writer.int64(8, message.version);
  for (const each of message.identityAttributes ?? []) writer.message(18, each, encodeResourceIdentitySchema_IdentityAttribute);
}

/** tfplugin6.ResourceIdentitySchema.IdentityAttribute, as it is sent: what is left out is as good as its zero. */
export interface ResourceIdentitySchema_IdentityAttributeInit {
  readonly name?: string | undefined;
  readonly type?: Uint8Array | undefined;
  readonly requiredForImport?: boolean | undefined;
  readonly optionalForImport?: boolean | undefined;
  readonly description?: string | undefined;
}

export function encodeResourceIdentitySchema_IdentityAttribute(writer: WireWriter, message: ResourceIdentitySchema_IdentityAttributeInit): void {
  if (message.name) writer.string(10, message.name);
  if (message.type !== undefined && message.type.length > 0) writer.bytes(18, message.type);
  if (message.requiredForImport) writer.bool(24, message.requiredForImport);
  if (message.optionalForImport) writer.bool(32, message.optionalForImport);
  if (message.description) writer.string(42, message.description);
}

/** tfplugin6.GetFunctions.Response, as it is sent: what is left out is as good as its zero. */
export interface GetFunctions_ResponseInit {
  readonly functions?: Readonly<Record<string, FunctionInit>> | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeGetFunctions_Response(writer: WireWriter, message: GetFunctions_ResponseInit): void {
  for (const entry of Object.entries(message.functions ?? {})) writer.entry(10, entry, encodeFunction);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.StopProvider.Response, as it is sent: what is left out is as good as its zero. */
export interface StopProvider_ResponseInit {
  readonly Error?: string | undefined;
}

export function encodeStopProvider_Response(writer: WireWriter, message: StopProvider_ResponseInit): void {
  if (message.Error) writer.string(10, message.Error);
}

/** tfplugin6.ValidateProviderConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface ValidateProviderConfig_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeValidateProviderConfig_Response(writer: WireWriter, message: ValidateProviderConfig_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.ConfigureProvider.Response, as it is sent: what is left out is as good as its zero. */
export interface ConfigureProvider_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeConfigureProvider_Response(writer: WireWriter, message: ConfigureProvider_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.ValidateResourceConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface ValidateResourceConfig_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeValidateResourceConfig_Response(writer: WireWriter, message: ValidateResourceConfig_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.UpgradeResourceState.Response, as it is sent: what is left out is as good as its zero. */
export interface UpgradeResourceState_ResponseInit {
  readonly upgradedState?: DynamicValueInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeUpgradeResourceState_Response(writer: WireWriter, message: UpgradeResourceState_ResponseInit): void {
  if (message.upgradedState !== undefined) writer.message(10, message.upgradedState, encodeDynamicValue);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.DynamicValue, as it is sent: what is left out is as good as its zero. */
export interface DynamicValueInit {
  readonly msgpack?: Uint8Array | undefined;
  readonly json?: Uint8Array | undefined;
}

export function encodeDynamicValue(writer: WireWriter, message: DynamicValueInit): void {
  if (message.msgpack !== undefined && message.msgpack.length > 0) writer.bytes(10, message.msgpack);
  if (message.json !== undefined && message.json.length > 0) writer.bytes(18, message.json);
}

/** tfplugin6.UpgradeResourceIdentity.Response, as it is sent: what is left out is as good as its zero. */
export interface UpgradeResourceIdentity_ResponseInit {
  readonly upgradedIdentity?: ResourceIdentityDataInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeUpgradeResourceIdentity_Response(writer: WireWriter, message: UpgradeResourceIdentity_ResponseInit): void {
  if (message.upgradedIdentity !== undefined) writer.message(10, message.upgradedIdentity, encodeResourceIdentityData);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.ResourceIdentityData, as it is sent: what is left out is as good as its zero. */
export interface ResourceIdentityDataInit {
  readonly identityData?: DynamicValueInit | undefined;
}

export function encodeResourceIdentityData(writer: WireWriter, message: ResourceIdentityDataInit): void {
  if (message.identityData !== undefined) writer.message(10, message.identityData, encodeDynamicValue);
}

/** tfplugin6.ReadResource.Response, as it is sent: what is left out is as good as its zero. */
export interface ReadResource_ResponseInit {
  readonly newState?: DynamicValueInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly private?: Uint8Array | undefined;
  readonly newIdentity?: ResourceIdentityDataInit | undefined;
}

export function encodeReadResource_Response(writer: WireWriter, message: ReadResource_ResponseInit): void {
  if (message.newState !== undefined) writer.message(10, message.newState, encodeDynamicValue);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
  if (message.private !== undefined && message.private.length > 0) writer.bytes(26, message.private);
  if (message.newIdentity !== undefined) writer.message(42, message.newIdentity, encodeResourceIdentityData);
}

/** tfplugin6.PlanResourceChange.Response, as it is sent: what is left out is as good as its zero. */
export interface PlanResourceChange_ResponseInit {
  readonly plannedState?: DynamicValueInit | undefined;
  readonly requiresReplace?: readonly AttributePathInit[] | undefined;
  readonly plannedPrivate?: Uint8Array | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly legacyTypeSystem?: boolean | undefined;
  readonly plannedIdentity?: ResourceIdentityDataInit | undefined;
}

export function encodePlanResourceChange_Response(writer: WireWriter, message: PlanResourceChange_ResponseInit): void {
  if (message.plannedState !== undefined) writer.message(10, message.plannedState, encodeDynamicValue);
  for (const each of message.requiresReplace ?? []) writer.message(18, each, encodeAttributePath);
  if (message.plannedPrivate !== undefined && message.plannedPrivate.length > 0) writer.bytes(26, message.plannedPrivate);
  for (const each of message.diagnostics ?? []) writer.message(34, each, encodeDiagnostic);
  if (message.legacyTypeSystem) writer.bool(40, message.legacyTypeSystem);
  if (message.plannedIdentity !== undefined) writer.message(58, message.plannedIdentity, encodeResourceIdentityData);
}

/** tfplugin6.ApplyResourceChange.Response, as it is sent: what is left out is as good as its zero. */
export interface ApplyResourceChange_ResponseInit {
  readonly newState?: DynamicValueInit | undefined;
  readonly private?: Uint8Array | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly legacyTypeSystem?: boolean | undefined;
  readonly newIdentity?: ResourceIdentityDataInit | undefined;
}

export function encodeApplyResourceChange_Response(writer: WireWriter, message: ApplyResourceChange_ResponseInit): void {
  if (message.newState !== undefined) writer.message(10, message.newState, encodeDynamicValue);
  if (message.private !== undefined && message.private.length > 0) writer.bytes(18, message.private);
  for (const each of message.diagnostics ?? []) writer.message(26, each, encodeDiagnostic);
  if (message.legacyTypeSystem) writer.bool(32, message.legacyTypeSystem);
  if (message.newIdentity !== undefined) writer.message(42, message.newIdentity, encodeResourceIdentityData);
}

/** tfplugin6.ImportResourceState.Response, as it is sent: what is left out is as good as its zero. */
export interface ImportResourceState_ResponseInit {
  readonly importedResources?: readonly ImportResourceState_ImportedResourceInit[] | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeImportResourceState_Response(writer: WireWriter, message: ImportResourceState_ResponseInit): void {
  for (const each of message.importedResources ?? []) writer.message(10, each, encodeImportResourceState_ImportedResource);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.ImportResourceState.ImportedResource, as it is sent: what is left out is as good as its zero. */
export interface ImportResourceState_ImportedResourceInit {
  readonly typeName?: string | undefined;
  readonly state?: DynamicValueInit | undefined;
  readonly private?: Uint8Array | undefined;
  readonly identity?: ResourceIdentityDataInit | undefined;
}

export function encodeImportResourceState_ImportedResource(writer: WireWriter, message: ImportResourceState_ImportedResourceInit): void {
  if (message.typeName) writer.string(10, message.typeName);
  if (message.state !== undefined) writer.message(18, message.state, encodeDynamicValue);
  if (message.private !== undefined && message.private.length > 0) writer.bytes(26, message.private);
  if (message.identity !== undefined) writer.message(34, message.identity, encodeResourceIdentityData);
}

/** tfplugin6.MoveResourceState.Response, as it is sent: what is left out is as good as its zero. */
export interface MoveResourceState_ResponseInit {
  readonly targetState?: DynamicValueInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly targetPrivate?: Uint8Array | undefined;
  readonly targetIdentity?: ResourceIdentityDataInit | undefined;
}

export function encodeMoveResourceState_Response(writer: WireWriter, message: MoveResourceState_ResponseInit): void {
  if (message.targetState !== undefined) writer.message(10, message.targetState, encodeDynamicValue);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
  if (message.targetPrivate !== undefined && message.targetPrivate.length > 0) writer.bytes(26, message.targetPrivate);
  if (message.targetIdentity !== undefined) writer.message(34, message.targetIdentity, encodeResourceIdentityData);
}

/** tfplugin6.GenerateResourceConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface GenerateResourceConfig_ResponseInit {
  readonly config?: DynamicValueInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeGenerateResourceConfig_Response(writer: WireWriter, message: GenerateResourceConfig_ResponseInit): void {
  if (message.config !== undefined) writer.message(10, message.config, encodeDynamicValue);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.ValidateListResourceConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface ValidateListResourceConfig_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeValidateListResourceConfig_Response(writer: WireWriter, message: ValidateListResourceConfig_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.ListResource.Event, as it is sent: what is left out is as good as its zero. */
export interface ListResource_EventInit {
  readonly identity?: ResourceIdentityDataInit | undefined;
  readonly displayName?: string | undefined;
  readonly resourceObject?: DynamicValueInit | undefined;
  readonly diagnostic?: readonly DiagnosticInit[] | undefined;
}

export function encodeListResource_Event(writer: WireWriter, message: ListResource_EventInit): void {
  if (message.identity !== undefined) writer.message(10, message.identity, encodeResourceIdentityData);
  if (message.displayName) writer.string(18, message.displayName);
  if (message.resourceObject !== undefined) writer.message(26, message.resourceObject, encodeDynamicValue);
  for (const each of message.diagnostic ?? []) writer.message(34, each, encodeDiagnostic);
}

/** tfplugin6.ValidateActionConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface ValidateActionConfig_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeValidateActionConfig_Response(writer: WireWriter, message: ValidateActionConfig_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.PlanAction.Response, as it is sent: what is left out is as good as its zero. */
export interface PlanAction_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodePlanAction_Response(writer: WireWriter, message: PlanAction_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.InvokeAction.Event, as it is sent: what is left out is as good as its zero. */
export interface InvokeAction_EventInit {
  readonly type: { readonly case: "progress"; readonly value: InvokeAction_Event_ProgressInit } | { readonly case: "completed"; readonly value: InvokeAction_Event_CompletedInit };
}

export function encodeInvokeAction_Event(writer: WireWriter, message: InvokeAction_EventInit): void {
  switch (message.type.case) {
    case "progress":
      writer.message(10, message.type.value, encodeInvokeAction_Event_Progress);
      break;
    case "completed":
      writer.message(18, message.type.value, encodeInvokeAction_Event_Completed);
      break;
  }
}

/** tfplugin6.InvokeAction.Event.Progress, as it is sent: what is left out is as good as its zero. */
export interface InvokeAction_Event_ProgressInit {
  readonly message?: string | undefined;
}

export function encodeInvokeAction_Event_Progress(writer: WireWriter, message: InvokeAction_Event_ProgressInit): void {
  if (message.message) writer.string(10, message.message);
}

/** tfplugin6.InvokeAction.Event.Completed, as it is sent: what is left out is as good as its zero. */
export interface InvokeAction_Event_CompletedInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeInvokeAction_Event_Completed(writer: WireWriter, message: InvokeAction_Event_CompletedInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.ValidateDataResourceConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface ValidateDataResourceConfig_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeValidateDataResourceConfig_Response(writer: WireWriter, message: ValidateDataResourceConfig_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.ReadDataSource.Response, as it is sent: what is left out is as good as its zero. */
export interface ReadDataSource_ResponseInit {
  readonly state?: DynamicValueInit | undefined;
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeReadDataSource_Response(writer: WireWriter, message: ReadDataSource_ResponseInit): void {
  if (message.state !== undefined) writer.message(10, message.state, encodeDynamicValue);
  for (const each of message.diagnostics ?? []) writer.message(18, each, encodeDiagnostic);
}

/** tfplugin6.ValidateEphemeralResourceConfig.Response, as it is sent: what is left out is as good as its zero. */
export interface ValidateEphemeralResourceConfig_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeValidateEphemeralResourceConfig_Response(writer: WireWriter, message: ValidateEphemeralResourceConfig_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.OpenEphemeralResource.Response, as it is sent: what is left out is as good as its zero. */
export interface OpenEphemeralResource_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly renewAt?: TimestampInit | undefined;
  readonly result?: DynamicValueInit | undefined;
  readonly private?: Uint8Array | undefined;
}

export function encodeOpenEphemeralResource_Response(writer: WireWriter, message: OpenEphemeralResource_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
  if (message.renewAt !== undefined) writer.message(18, message.renewAt, encodeTimestamp);
  if (message.result !== undefined) writer.message(26, message.result, encodeDynamicValue);
  if (message.private !== undefined) writer.bytes(34, message.private);
}

/** google.protobuf.Timestamp, as it is sent: what is left out is as good as its zero. */
export interface TimestampInit {
  readonly seconds?: bigint | undefined;
  readonly nanos?: number | undefined;
}

export function encodeTimestamp(writer: WireWriter, message: TimestampInit): void {
  if (message.seconds) writer.int64(8, message.seconds);
  if (message.nanos) writer.int64(16, BigInt(message.nanos));
}

/** tfplugin6.RenewEphemeralResource.Response, as it is sent: what is left out is as good as its zero. */
export interface RenewEphemeralResource_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
  readonly renewAt?: TimestampInit | undefined;
  readonly private?: Uint8Array | undefined;
}

export function encodeRenewEphemeralResource_Response(writer: WireWriter, message: RenewEphemeralResource_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
  if (message.renewAt !== undefined) writer.message(18, message.renewAt, encodeTimestamp);
  if (message.private !== undefined) writer.bytes(26, message.private);
}

/** tfplugin6.CloseEphemeralResource.Response, as it is sent: what is left out is as good as its zero. */
export interface CloseEphemeralResource_ResponseInit {
  readonly diagnostics?: readonly DiagnosticInit[] | undefined;
}

export function encodeCloseEphemeralResource_Response(writer: WireWriter, message: CloseEphemeralResource_ResponseInit): void {
  for (const each of message.diagnostics ?? []) writer.message(10, each, encodeDiagnostic);
}

/** tfplugin6.CallFunction.Response, as it is sent: what is left out is as good as its zero. */
export interface CallFunction_ResponseInit {
  readonly result?: DynamicValueInit | undefined;
  readonly error?: FunctionErrorInit | undefined;
}

export function encodeCallFunction_Response(writer: WireWriter, message: CallFunction_ResponseInit): void {
  if (message.result !== undefined) writer.message(10, message.result, encodeDynamicValue);
  if (message.error !== undefined) writer.message(18, message.error, encodeFunctionError);
}

/** tfplugin6.FunctionError, as it is sent: what is left out is as good as its zero. */
export interface FunctionErrorInit {
  readonly text?: string | undefined;
  readonly functionArgument?: bigint | undefined;
}

export function encodeFunctionError(writer: WireWriter, message: FunctionErrorInit): void {
  if (message.text) writer.string(10, message.text);
  if (message.functionArgument !== undefined) writer.int64(16, message.functionArgument);
}

/** tfplugin6.Provider */
export const Provider = {
  getMetadata: { path: "/tfplugin6.Provider/GetMetadata", decode: decodeGetMetadata_Request, encode: encodeGetMetadata_Response } satisfies UnaryRpc<GetMetadata_Request, GetMetadata_ResponseInit>,
  getProviderSchema: { path: "/tfplugin6.Provider/GetProviderSchema", decode: decodeGetProviderSchema_Request, encode: encodeGetProviderSchema_Response } satisfies UnaryRpc<GetProviderSchema_Request, GetProviderSchema_ResponseInit>,
  getResourceIdentitySchemas: { path: "/tfplugin6.Provider/GetResourceIdentitySchemas", decode: decodeGetResourceIdentitySchemas_Request, encode: encodeGetResourceIdentitySchemas_Response } satisfies UnaryRpc<GetResourceIdentitySchemas_Request, GetResourceIdentitySchemas_ResponseInit>,
  getFunctions: { path: "/tfplugin6.Provider/GetFunctions", decode: decodeGetFunctions_Request, encode: encodeGetFunctions_Response } satisfies UnaryRpc<GetFunctions_Request, GetFunctions_ResponseInit>,
  stopProvider: { path: "/tfplugin6.Provider/StopProvider", decode: decodeStopProvider_Request, encode: encodeStopProvider_Response } satisfies UnaryRpc<StopProvider_Request, StopProvider_ResponseInit>,
  validateProviderConfig: { path: "/tfplugin6.Provider/ValidateProviderConfig", decode: decodeValidateProviderConfig_Request, encode: encodeValidateProviderConfig_Response } satisfies UnaryRpc<ValidateProviderConfig_Request, ValidateProviderConfig_ResponseInit>,
  configureProvider: { path: "/tfplugin6.Provider/ConfigureProvider", decode: decodeConfigureProvider_Request, encode: encodeConfigureProvider_Response } satisfies UnaryRpc<ConfigureProvider_Request, ConfigureProvider_ResponseInit>,
  validateResourceConfig: { path: "/tfplugin6.Provider/ValidateResourceConfig", decode: decodeValidateResourceConfig_Request, encode: encodeValidateResourceConfig_Response } satisfies UnaryRpc<ValidateResourceConfig_Request, ValidateResourceConfig_ResponseInit>,
  upgradeResourceState: { path: "/tfplugin6.Provider/UpgradeResourceState", decode: decodeUpgradeResourceState_Request, encode: encodeUpgradeResourceState_Response } satisfies UnaryRpc<UpgradeResourceState_Request, UpgradeResourceState_ResponseInit>,
  upgradeResourceIdentity: { path: "/tfplugin6.Provider/UpgradeResourceIdentity", decode: decodeUpgradeResourceIdentity_Request, encode: encodeUpgradeResourceIdentity_Response } satisfies UnaryRpc<UpgradeResourceIdentity_Request, UpgradeResourceIdentity_ResponseInit>,
  readResource: { path: "/tfplugin6.Provider/ReadResource", decode: decodeReadResource_Request, encode: encodeReadResource_Response } satisfies UnaryRpc<ReadResource_Request, ReadResource_ResponseInit>,
  planResourceChange: { path: "/tfplugin6.Provider/PlanResourceChange", decode: decodePlanResourceChange_Request, encode: encodePlanResourceChange_Response } satisfies UnaryRpc<PlanResourceChange_Request, PlanResourceChange_ResponseInit>,
  applyResourceChange: { path: "/tfplugin6.Provider/ApplyResourceChange", decode: decodeApplyResourceChange_Request, encode: encodeApplyResourceChange_Response } satisfies UnaryRpc<ApplyResourceChange_Request, ApplyResourceChange_ResponseInit>,
  importResourceState: { path: "/tfplugin6.Provider/ImportResourceState", decode: decodeImportResourceState_Request, encode: encodeImportResourceState_Response } satisfies UnaryRpc<ImportResourceState_Request, ImportResourceState_ResponseInit>,
  moveResourceState: { path: "/tfplugin6.Provider/MoveResourceState", decode: decodeMoveResourceState_Request, encode: encodeMoveResourceState_Response } satisfies UnaryRpc<MoveResourceState_Request, MoveResourceState_ResponseInit>,
  generateResourceConfig: { path: "/tfplugin6.Provider/GenerateResourceConfig", decode: decodeGenerateResourceConfig_Request, encode: encodeGenerateResourceConfig_Response } satisfies UnaryRpc<GenerateResourceConfig_Request, GenerateResourceConfig_ResponseInit>,
  validateListResourceConfig: { path: "/tfplugin6.Provider/ValidateListResourceConfig", decode: decodeValidateListResourceConfig_Request, encode: encodeValidateListResourceConfig_Response } satisfies UnaryRpc<ValidateListResourceConfig_Request, ValidateListResourceConfig_ResponseInit>,
  listResource: { path: "/tfplugin6.Provider/ListResource", decode: decodeListResource_Request, encode: encodeListResource_Event } satisfies ServerStreamRpc<ListResource_Request, ListResource_EventInit>,
  validateActionConfig: { path: "/tfplugin6.Provider/ValidateActionConfig", decode: decodeValidateActionConfig_Request, encode: encodeValidateActionConfig_Response } satisfies UnaryRpc<ValidateActionConfig_Request, ValidateActionConfig_ResponseInit>,
  planAction: { path: "/tfplugin6.Provider/PlanAction", decode: decodePlanAction_Request, encode: encodePlanAction_Response } satisfies UnaryRpc<PlanAction_Request, PlanAction_ResponseInit>,
  invokeAction: { path: "/tfplugin6.Provider/InvokeAction", decode: decodeInvokeAction_Request, encode: encodeInvokeAction_Event } satisfies ServerStreamRpc<InvokeAction_Request, InvokeAction_EventInit>,
  validateDataResourceConfig: { path: "/tfplugin6.Provider/ValidateDataResourceConfig", decode: decodeValidateDataResourceConfig_Request, encode: encodeValidateDataResourceConfig_Response } satisfies UnaryRpc<ValidateDataResourceConfig_Request, ValidateDataResourceConfig_ResponseInit>,
  readDataSource: { path: "/tfplugin6.Provider/ReadDataSource", decode: decodeReadDataSource_Request, encode: encodeReadDataSource_Response } satisfies UnaryRpc<ReadDataSource_Request, ReadDataSource_ResponseInit>,
  validateEphemeralResourceConfig: { path: "/tfplugin6.Provider/ValidateEphemeralResourceConfig", decode: decodeValidateEphemeralResourceConfig_Request, encode: encodeValidateEphemeralResourceConfig_Response } satisfies UnaryRpc<ValidateEphemeralResourceConfig_Request, ValidateEphemeralResourceConfig_ResponseInit>,
  openEphemeralResource: { path: "/tfplugin6.Provider/OpenEphemeralResource", decode: decodeOpenEphemeralResource_Request, encode: encodeOpenEphemeralResource_Response } satisfies UnaryRpc<OpenEphemeralResource_Request, OpenEphemeralResource_ResponseInit>,
  renewEphemeralResource: { path: "/tfplugin6.Provider/RenewEphemeralResource", decode: decodeRenewEphemeralResource_Request, encode: encodeRenewEphemeralResource_Response } satisfies UnaryRpc<RenewEphemeralResource_Request, RenewEphemeralResource_ResponseInit>,
  closeEphemeralResource: { path: "/tfplugin6.Provider/CloseEphemeralResource", decode: decodeCloseEphemeralResource_Request, encode: encodeCloseEphemeralResource_Response } satisfies UnaryRpc<CloseEphemeralResource_Request, CloseEphemeralResource_ResponseInit>,
  callFunction: { path: "/tfplugin6.Provider/CallFunction", decode: decodeCallFunction_Request, encode: encodeCallFunction_Response } satisfies UnaryRpc<CallFunction_Request, CallFunction_ResponseInit>,
} as const;

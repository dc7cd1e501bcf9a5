import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { ProviderSchemas, ResourceSchemas } from "../../framework/provider-server.ts";
import type { ProviderFunction } from "../../framework/resource.ts";
import { identityTerraformType, type Schema, schemaTerraformType } from "../../framework/schema.ts";
import type { TerraformType } from "../../framework/terraform-type.ts";

const objectTypes = new WeakMap<Schema, TerraformType>();

/** The types that values of one managed resource have on the wire. */
export interface ResourceTypes {
  readonly object: TerraformType;
  readonly identity: TerraformType | undefined;
}

/**
 * The types of one managed resource.
 *
 * @throws {DiagnosticError} for a name that the provider does not have
 */
export function resourceTypes(schemas: ProviderSchemas, typeName: string): ResourceTypes {
  const { schema, identity }: ResourceSchemas = getByName(schemas.resources, typeName, "resource");
  return { object: objectType(schema), identity: identity && identityTerraformType(identity) };
}

/**
 * The object type of one data source.
 *
 * @throws {DiagnosticError} for a name that the provider does not have
 */
export function dataSourceType(schemas: ProviderSchemas, typeName: string): TerraformType {
  return objectType(getByName(schemas.dataSources, typeName, "data source"));
}

/**
 * The object type of one ephemeral resource.
 *
 * @throws {DiagnosticError} for a name that the provider does not have
 */
export function ephemeralType(schemas: ProviderSchemas, typeName: string): TerraformType {
  return objectType(getByName(schemas.ephemeralResources, typeName, "ephemeral resource"));
}

/**
 * The object type of the filters of a list.
 *
 * @throws {DiagnosticError} for a name that the provider does not have, or does not list
 */
export function listType(schemas: ProviderSchemas, typeName: string): TerraformType {
  return objectType(getByName(schemas.lists, typeName, "list resource"));
}

/**
 * The object type of one action.
 *
 * @throws {DiagnosticError} for a name that the provider does not have
 */
export function actionType(schemas: ProviderSchemas, typeName: string): TerraformType {
  return objectType(getByName(schemas.actions, typeName, "action"));
}

/**
 * One function.
 *
 * @throws {DiagnosticError} for a name that the provider does not have
 */
export function functionByName(schemas: ProviderSchemas, name: string): ProviderFunction {
  return getByName(schemas.functions, name, "function");
}

/** The object type of a schema, worked out once per schema. */
export function objectType(schema: Schema): TerraformType {
  const existing = objectTypes.get(schema);
  if (existing !== undefined) return existing;
  const type = schemaTerraformType(schema);
  objectTypes.set(schema, type);
  return type;
}

function getByName<T>(all: ReadonlyMap<string, T>, name: string, noun: string): T {
  const found = all.get(name);
  if (found !== undefined) return found;
  const names = [...all.keys()].sort().join(", ");
  throw new DiagnosticError({
    summary: `Unknown ${noun} ${name}`,
    detail: `This version of the provider has no ${noun} named ${name}. It has: ${names || "none"}.`,
  });
}

import type { TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { refuseUnknownProps } from "./known-props.ts";

/** Something that exists on the cluster, by its name. */
export interface ExistingByName {
  /** The name that it has on the cluster. */
  readonly name: string;
  /**
   * The provider that reaches the cluster.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider | undefined;
}

/** Something that exists on the cluster, by its id. */
export interface ExistingById {
  /** Id of the local user or group: a text of digits, or a reference to one. */
  readonly id: string;
  /**
   * The provider that reaches the cluster.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider | undefined;
}

/**
 * What a look-up was asked for, when its name alone was given as well.
 *
 * @throws {ConstructError} at the scope, when a prop is unknown
 */
export function byName(scope: IConstruct, asked: string | ExistingByName): ExistingByName {
  if (typeof asked === "string") return { name: asked };
  refuseUnknownProps(scope, asked, { name: true, provider: true });
  return asked;
}

/**
 * What a look-up was asked for, when its id alone was given as well.
 *
 * @throws {ConstructError} at the scope, when a prop is unknown
 */
export function byId(scope: IConstruct, asked: string | ExistingById): ExistingById {
  if (typeof asked === "string") return { id: asked };
  refuseUnknownProps(scope, asked, { id: true, provider: true });
  return asked;
}

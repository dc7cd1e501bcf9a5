import type { TerraformProvider } from "cdktf";

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

/** What a look-up was asked for, when its name alone was given as well. */
export function byName(asked: string | ExistingByName): ExistingByName {
  return typeof asked === "string" ? { name: asked } : asked;
}

/** What a look-up was asked for, when its id alone was given as well. */
export function byId(asked: string | ExistingById): ExistingById {
  return typeof asked === "string" ? { id: asked } : asked;
}

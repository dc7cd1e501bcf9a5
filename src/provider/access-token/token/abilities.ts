import { type CoreFeatureName, firstCoreWith, isCoreWith } from "../../../vocabulary/core-features.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { PlanContext } from "../../../framework/resource.ts";
import type { Connection } from "../../connection.ts";
import type { AccessTokenSchema } from "../schema.ts";

/** Refuses each configured attribute that the cluster does not support, and names the version that does. */
export function checkAbilities({ config, client, diagnostics }: PlanContext<AccessTokenSchema, Connection>): void {
  if (client === undefined) return;
  const version = client.coreVersion?.join(".") ?? "";
  const refuse = (attribute: string, feature: CoreFeatureName, advice: string): void => {
    diagnostics.error({
      summary: `Qumulo Core is too old for ${attribute}`,
      detail: `The cluster runs Qumulo Core ${version}, and ${attribute} needs ${firstCoreWith(feature)} or later. Upgrade the cluster, or ${advice}.`,
      attribute: [attribute],
    });
  };
  if (!isCoreWith("tokenExpiration", client.coreVersion)) {
    for (const attribute of ["expiration_time", "expires_in", "rotate_before_expiry"] as const) {
      if (config[attribute].kind !== "null") refuse(attribute, "tokenExpiration", `remove ${attribute}`);
    }
    if (config.overlap.kind !== "null") {
      diagnostics.warning({
        summary: "Qumulo Core is too old for overlap",
        detail: `The cluster runs Qumulo Core ${version}, which cannot end a token at a given time; ${firstCoreWith("tokenExpiration")} or later can. After a rotation, the old token works until the first plan after overlap deletes it.`,
        attribute: ["overlap"],
      });
    }
  }
  if (!isCoreWith("tokenEnabling", client.coreVersion) && knownOrUndefined(config.enabled) === false) {
    refuse("enabled", "tokenEnabling", "leave enabled at true");
  }
}

import { type CoreVersion, isOlderVersion } from "../../../client/core-version.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import type { PlanContext } from "../../../framework/resource.ts";
import type { Connection } from "../../connection.ts";
import type { AccessTokenSchema } from "../schema.ts";

/** What not every version of Qumulo Core can do with access tokens, and the first one that can. */
const firstVersions = {
  /** Expiration times, and reading and changing single tokens. */
  expiration: [5, 3, 2],
  /** Disabling and enabling. */
  enabling: [5, 3, 3],
} as const satisfies Readonly<Record<string, CoreVersion>>;

type Ability = keyof typeof firstVersions;

/** The first version of Qumulo Core that can do something. */
export function firstVersionWith(ability: Ability): CoreVersion {
  return firstVersions[ability];
}

/** Whether a cluster can do something; one that writes its version in an unknown way can. */
export function isAble({ coreVersion }: Pick<Connection, "coreVersion">, ability: Ability): boolean {
  return coreVersion === undefined || !isOlderVersion(coreVersion, firstVersions[ability]);
}

/** Refuses each configured attribute that the cluster cannot do, with the version that can. */
export function checkAbilities({ config, client, diagnostics }: PlanContext<AccessTokenSchema, Connection>): void {
  if (client === undefined) return;
  const version = client.coreVersion?.join(".") ?? "";
  const refuse = (attribute: string, ability: Ability, advice: string): void => {
    diagnostics.error({
      summary: `Qumulo Core is too old for ${attribute}`,
      detail: `The cluster runs Qumulo Core ${version}, and ${attribute} needs ${firstVersions[ability].join(".")} or later. Upgrade the cluster, or ${advice}.`,
      attribute: [attribute],
    });
  };
  if (!isAble(client, "expiration")) {
    for (const attribute of ["expiration_time", "expires_in", "rotate_before_expiry"] as const) {
      if (config[attribute].kind !== "null") refuse(attribute, "expiration", `remove ${attribute}`);
    }
    if (config.overlap.kind !== "null") {
      diagnostics.warning({
        summary: "Qumulo Core is too old to hold overlap",
        detail: `The cluster runs Qumulo Core ${version}, which cannot end a token at a given time; ${firstVersions.expiration.join(".")} or later can. After a rotation, the old token works until the first plan after overlap deletes it.`,
        attribute: ["overlap"],
      });
    }
  }
  if (!isAble(client, "enabling") && knownOrUndefined(config.enabled) === false) {
    refuse("enabled", "enabling", "leave enabled at true");
  }
}

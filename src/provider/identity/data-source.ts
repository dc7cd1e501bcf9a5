import type { Cluster } from "../../client/cluster.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import type { ExpandedIdentity } from "../../client/identities.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { DataSource } from "../../framework/resource.ts";
import { explained, whatHappened } from "../cluster-diagnostics.ts";
import type { Connection } from "../connection.ts";
import { referenceIn } from "./identity-text.ts";
import { toIdentityModel } from "./model.ts";
import { identitySchema, type IdentitySchema } from "./schema.ts";

/** Looks up one identity of any domain. */
export const identityDataSource: DataSource<IdentitySchema, Connection> = {
  name: "identity",
  schema: identitySchema,

  async read({ config, client, signal }) {
    const text = knownOrUndefined(config.identity) ?? "";
    const { identity, type, groups } = await expandText(client.cluster.until(signal), { text, attribute: "identity" });
    return { identity: text, ...toIdentityModel(identity), type, groups: groups.map(toIdentityModel) };
  },
};

/**
 * Finds whom a text means.
 *
 * @throws {DiagnosticError} at the attribute that holds the text, when there is nobody
 */
export async function expandText(
  cluster: Cluster,
  { text, attribute }: { readonly text: string; readonly attribute: string },
): Promise<ExpandedIdentity> {
  const reference = referenceIn(text, attribute);
  const attempt = { summary: `Identity ${text} could not be looked up`, privilege: "PRIVILEGE_IDENTITY_READ" };
  return explained(attempt, async () => {
    try {
      return await cluster.identities.expand(reference);
    } catch (error) {
      if (!isAnswer(error, 400)) throw error;
      const detail = `${attribute} is "${text}", and the cluster finds nobody of that name or id. ${whatHappened(error)} Check the spelling and the domain ("local:svc" is somebody else than "ad:svc"), or create the user or group first and refer to it.`;
      throw new DiagnosticError({ summary: "No such identity", detail, attribute: [attribute] }, { cause: error });
    }
  });
}

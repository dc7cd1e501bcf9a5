import * as v from "valibot";

import { type CoreVersion, parseCoreVersion } from "../vocabulary/core-version.ts";
import type { RestClient } from "./rest-client.ts";

const versionAnswer = v.object({ revision_id: v.string() });

/**
 * The version of Qumulo Core that a cluster runs; needs no login.
 *
 * @returns `undefined` when the cluster writes it in a way that is not known
 */
export async function getCoreVersion(rest: RestClient): Promise<CoreVersion | undefined> {
  const { value } = await rest.call({ method: "GET", path: "/v1/version", open: true, answer: versionAnswer });
  return parseCoreVersion(value.revision_id);
}

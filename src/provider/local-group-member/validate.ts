import type { Validator } from "../../framework/schema.ts";
import { idValidator } from "../attribute/id.ts";

/** Refuses what is not the id of a local user or group. */
export function accountIdValidator(attribute: "group_id" | "member_id"): Validator<string> {
  const [kind, type] = attribute === "group_id" ? ["group", "qumulo_local_group"] : ["user", "qumulo_local_user"];
  return idValidator((id) => ({
    summary: `${attribute} is not an id`,
    detail: `${attribute} is "${id}". Give the id of a local ${kind}, such as ${type}.….id; a name is not an id.`,
  }));
}

import type { Validator } from "../../framework/schema.ts";

/** Refuses what is not an id of a local user or group: decimal digits. */
export function accountIdValidator(attribute: "group_id" | "member_id"): Validator<string> {
  const [kind, type] = attribute === "group_id" ? ["group", "qumulo_local_group"] : ["user", "qumulo_local_user"];
  return {
    check(id) {
      if (/^(0|[1-9]\d{0,19})$/.test(id)) return undefined;
      return {
        summary: `${attribute} is not an id`,
        detail: `${attribute} is "${id}". Give the id of a local ${kind}, such as ${type}.….id; a name is not an id.`,
      };
    },
  };
}

import type { Fault } from "../../connection/fault.ts";
import { renderFault } from "../../connection/render/fault-text.ts";
import type { Words } from "../../connection/render/words.ts";
import { variableOf } from "../../connection/settings.ts";
import type { DiagnosticText } from "../../framework/diagnostics.ts";

/** Settings as attributes of the provider's configuration. */
const attributeWords: Words = {
  name: (setting) => setting,
  given: ({ name }) => name,
  assignment: (setting, value) => `${setting} = ${setting === "port" ? value : `"${value}"`}`,
  missing: (setting) => `${setting}, or ${variableOf(setting)},`,
  waysToLogIn:
    "username and password, or bearer_token, or credentials_file (or QUMULO_USERNAME and QUMULO_PASSWORD, QUMULO_BEARER_TOKEN, QUMULO_CREDENTIALS_FILE)",
  account: "The provider's own account",
  credentialsPlace: "in the provider's configuration",
  stopped: "The engine asked to stop. ",
};

/** The diagnostic for a fault of the connection, at the attribute of the provider's configuration that is wrong. */
export function faultDiagnostic(fault: Fault): DiagnosticText {
  const { summary, detail, setting } = renderFault(fault, attributeWords);
  return { summary, detail, ...(setting === undefined ? {} : { attribute: [setting] }) };
}

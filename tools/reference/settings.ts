import type { Schema } from "../../src/framework/schema.ts";
import { typeLabel } from "./schema-section.ts";

/** How descriptions name the environment variable that stands in for a setting. */
const environmentSentence = / ?Environment: `(\w+)`\.$/;

/** All settings of the provider in one table. */
export function renderSettings({ attributes }: Schema): string {
  const rows = Object.entries(attributes).map(([name, attribute]) => {
    const variable = environmentSentence.exec(attribute.description)?.[1];
    if (variable === undefined) throw new Error(`The description of ${name} ends without its environment variable`);
    const marks = [typeLabel(attribute.type), ...(attribute.sensitive === true ? ["Sensitive"] : [])].join(", ");
    const meaning = attribute.description.replace(environmentSentence, "").replaceAll("|", "\\|");
    return `| \`${name}\` (${marks}) | \`${variable}\` | ${meaning} |`;
  });
  return [
    "## Schema",
    "Every setting is optional in the `provider` block, and can come from the environment instead.",
    ["| Setting | Environment | Meaning |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";

/** What the schema calls by name and the validator does not know by itself. */
const formats = {
  uri: (text: string) => URL.canParse(text),
  "uri-reference": (text: string) => URL.canParse(text, "https://localhost/") && !/[\s<>"{}|\\^`]/.test(text),
  "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
};

let validate: ValidateFunction | undefined;

/** What is wrong with a SARIF log by the official schema; nothing when it is valid. */
export function sarifFaults(log: unknown): string {
  validate ??= compile();
  return validate(log) ? "" : new Ajv().errorsText(validate.errors);
}

function compile(): ValidateFunction {
  const text = readFileSync(path.join(__dirname, "sarif-schema-2.1.0.json"), "utf8");
  // The schema is of draft 4; all that it uses means the same in draft 7, but for how it names itself.
  const schema = JSON.parse(text) as Record<string, unknown>;
  const own = Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$schema" && name !== "id"));
  return new Ajv({ allErrors: true, strict: false, formats }).compile(own);
}

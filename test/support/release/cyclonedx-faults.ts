import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";

/** The schemas as the CycloneDX project publishes them, in its own library. */
const folder = path.join(__dirname, "../../../node_modules/@cyclonedx/cyclonedx-library/res/schema");
const formats = {
  "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
  "idn-email": (text: string) => text.includes("@"),
  "iri-reference": (text: string) => URL.canParse(text, "https://localhost/"),
  uri: (text: string) => URL.canParse(text),
};

let validate: ValidateFunction | undefined;

/** What is wrong with a bill of materials by the official schema of CycloneDX 1.6; nothing when it is valid. */
export function cycloneDxFaults(bill: string): string {
  validate ??= compile();
  return validate(JSON.parse(bill)) ? "" : new Ajv().errorsText(validate.errors);
}

function compile(): ValidateFunction {
  // By the names that the schema refers to them by.
  const others = ["spdx", "jsf-0.82"].map((name) => `${name}.SNAPSHOT.schema.json`);
  const schemas = Object.fromEntries(others.map((name) => [`http://cyclonedx.org/schema/${name}`, readSchema(name)]));
  return new Ajv({ allErrors: true, strict: false, formats, schemas }).compile(
    readSchema("bom-1.6.SNAPSHOT.schema.json"),
  );
}

function readSchema(name: string): object {
  return JSON.parse(readFileSync(path.join(folder, name), "utf8")) as object;
}

/**
 * Writes the OpenAPI document of the simulator's control API from its routes, or with `--check` compares it.
 */
import path from "node:path";
import { format } from "prettier";
import { describeControl } from "../../src/simulator/control/describe.ts";
import { writeOrCheck } from "./generated-files.ts";

const name = "simulator-control-1.openapi.json";

async function main(): Promise<void> {
  const folder = path.resolve(import.meta.dirname, "../../schemas");
  const text = await format(JSON.stringify(describeControl()), { parser: "json", printWidth: 120 });
  await writeOrCheck(
    { folder, owned: [], files: new Map([[name, text]]) },
    { place: "schemas", origin: "src/simulator/control says", script: "generate:control" },
  );
}

await main();

import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { describeControl } from "../../../src/simulator/control/describe.ts";
import { controlRoutes } from "../../../src/simulator/control/routes.ts";
import { validateOpenApi } from "../../support/simulator/validate-openapi.ts";
import { readPage } from "../../support/pages/pages.ts";

test("the OpenAPI document of the control API is valid, and the published one is it", async () => {
  const published = await readFile(path.join(__dirname, "../../../schemas/simulator-control-1.openapi.json"), "utf8");

  expect(await validateOpenApi(published)).toEqual({ valid: true, version: "3.0" });
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(describeControl())));
});

test("the page about the control API has a line for each request, and none for another", async () => {
  const page = await readPage("docs/simulator-service.md");

  const told = [...page.matchAll(/^\| `((?:GET|PUT|POST|DELETE) [^`]+)`/gm)].map(([, request]) => request);

  expect(told).toEqual(controlRoutes.map(({ method, path: asked }) => `${method} ${asked}`));
});

import { expect, test } from "@jest/globals";
import { explainUnknownPath } from "../../../src/simulator/http/unknown-path.ts";
import { latestCoreVersion } from "../../../src/simulator/rules/core-version.ts";

test.each([
  ["/v1/users", "The slash at its end is missing: /v1/users/ (GET, POST) is."],
  ["/v1/users/500/groups", "The slash at its end is missing: /v1/users/{id}/groups/ (GET) is."],
  ["/v1/version/", "It has a slash too many at its end: /v1/version (GET) is."],
  ["/v1/version//", "It has a slash too many at its end: /v1/version (GET) is."],
  ["/v1/users/500/", "It has a slash too many at its end: /v1/users/{id} (GET, PUT, DELETE) is."],
  ["//v1//users/", "It has slashes too many: /v1/users/ (GET, POST) is."],
  ["/v1/Users/", "Paths are written in lower case: /v1/users/ (GET, POST) is."],
  ["/session/login", "Its version is missing: /v1/session/login (POST) is."],
  ["/v1/auth/role/ops", "Did you mean /v1/auth/roles/{role_name} (GET, PUT, PATCH, DELETE)?"],
  ["/v1/auth/access-token/", "Did you mean /v1/auth/access-tokens/ (GET, POST)?"],
  ["/v1/session/whoami", "Did you mean /v1/session/who-am-i (GET)?"],
])("%s is explained by what it is near to", (path, explanation) => {
  const text = explainUnknownPath("GET", path, latestCoreVersion);

  expect(text).toBe(`GET ${path} is not served by the simulator. ${explanation}`);
});

test.each(["/", "*", "", "/v3/files/%2Fhome%2Fx%2Fy%2Fz/entries/", `/${"x".repeat(9_000)}`])(
  "%s is explained by the areas that are served, in a short line",
  (path) => {
    const text = explainUnknownPath("POST", path, latestCoreVersion);

    expect(text).toContain("Served are /openapi.json, /v1/auth, /v1/cluster, /v1/groups, ");
    expect(text).toMatch(/; GET \/openapi\.json tells all of it\.$/);
    expect(text.length).toBeLessThan(600);
  },
);

test("a path that came later is told from one that never was", () => {
  const text = explainUnknownPath("POST", "/v1/identity/find", [6, 2, 0]);

  expect(text).toBe("POST /v1/identity/find is not served: Qumulo Core 6.2.0 does not have it yet.");
});

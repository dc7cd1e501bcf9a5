/** How many requests a refresh of 500 users, 500 access tokens and 50 roles with their members makes, by a real engine. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBenchEngine, preparePlace, providerHcl, runIn, startCountingSimulator } from "./engine-runs.ts";
import { report } from "./results.ts";

const [bar, aim] = [80, 55];
const [users, roles] = [500, 50];

function configuration(): string {
  const role = (index: number): string => `
resource "qumulo_role" "n${index}" {
  name       = "role-${index}"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
`;
  const user = (index: number): string => `
resource "qumulo_local_user" "n${index}" {
  name = "svc-${index}"
}
resource "qumulo_role_member" "n${index}" {
  role_name = qumulo_role.n${index % roles}.name
  auth_id   = qumulo_local_user.n${index}.id
}
resource "qumulo_access_token" "n${index}" {
  user       = "auth_id:\${qumulo_local_user.n${index}.id}"
  expires_in = "90d"
}
`;
  const all = [
    ...Array.from({ length: roles }, (_, at) => role(at)),
    ...Array.from({ length: users }, (_, at) => user(at)),
  ];
  return `${providerHcl}${all.join("")}`;
}

const root = mkdtempSync(path.join(tmpdir(), "bench-requests-"));
const simulator = await startCountingSimulator(root);
try {
  const place = preparePlace(path.join(root, "provider"), configuration(), {
    engine: await findBenchEngine(),
    simulator,
  });
  const applied = await runIn(place, ["apply", "-auto-approve"]);
  const { requests } = await runIn(place, ["plan"]);
  process.stdout.write(
    `${users} users with an access token and a membership each, ${roles} roles: ` +
      `an apply makes ${applied.requests} requests, a plan ${requests}\n`,
  );
  report({
    what: `requests of a refresh of ${users} users, ${users} tokens, ${roles} roles`,
    got: requests,
    bar,
    aim,
    kind: "at most",
  });
} finally {
  simulator.child.kill("SIGTERM");
  await once(simulator.child, "exit");
  rmSync(root, { recursive: true, force: true });
}

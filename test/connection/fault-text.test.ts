import { describe, expect, test } from "@jest/globals";
import { ClusterError } from "../../src/client/cluster-error.ts";
import { renderFlagFault } from "../../src/cli/setting-words.ts";
import type { Fault } from "../../src/connection/fault.ts";
import type { Setting, SettingName } from "../../src/connection/settings.ts";
import { faultDiagnostic } from "../../src/provider/configuration/fault-diagnostic.ts";

const address = { host: "cluster.example.com", port: 8_000 };
const weakness = { isBroken: true, text: 'The key of "CN=old" is one of 1024 bits, which can be broken.' };
const error = new ClusterError("no answer", {
  kind: "unreachable",
  method: "GET",
  path: "/v1/version",
  fault: "refused",
});

const given = (name: SettingName, text = "x"): Setting => ({ name, text, variable: undefined });
const ofEnvironment = (name: SettingName, text = "x"): Setting => ({
  name,
  text,
  variable: `QUMULO_${name.toUpperCase()}`,
});

/** One of each kind that names settings. */
const faults: readonly Fault[] = [
  { kind: "host-malformed", setting: given("host", "a:1"), meant: { host: "a", port: "1" } },
  { kind: "port-out-of-range", setting: given("port") },
  { kind: "bearer-token-malformed", setting: given("bearer_token"), reason: "It is empty." },
  { kind: "fingerprint-malformed", setting: given("certificate_sha256") },
  { kind: "pem-without-certificate", setting: given("ca_pem") },
  { kind: "flag-malformed", setting: given("insecure") },
  { kind: "proxy-malformed", setting: given("proxy"), isSocks: true },
  { kind: "timeout-malformed", setting: given("request_timeout") },
  { kind: "retries-out-of-range", setting: given("max_retries"), most: 100 },
  { kind: "host-missing" },
  {
    kind: "contradicting-credentials",
    setting: given("bearer_token"),
    both: [given("username"), given("bearer_token")],
  },
  { kind: "contradicting-trust", setting: given("insecure"), both: [given("ca_file"), given("insecure")] },
  { kind: "login-incomplete", given: given("username"), missing: "password" },
  { kind: "credentials-missing", address, stored: { kind: "none", path: "/home/x/.qfsd_cred" } },
  { kind: "credentials-file-unusable", setting: given("credentials_file"), reason: "It is empty." },
  { kind: "ca-file-unreadable", setting: given("ca_file"), code: "ENOENT" },
  { kind: "authorities-unreadable", setting: given("ca_file") },
  { kind: "authority-weak", setting: given("ca_file"), weakness },
  { kind: "authority-old", setting: given("ca_file"), weakness },
  { kind: "certificate-unchecked", address },
  ...(["refused", "untrusted", "wrong-fingerprint", "timeout", "busy", "not-qumulo", "aborted"] as const).map(
    (reason): Fault => ({ kind: "unreachable", reason, address, proxy: undefined, error }),
  ),
  { kind: "core-too-old", address, version: [5, 2, 0], oldest: [5, 3, 0] },
  { kind: "login-rejected", username: given("username"), password: given("password") },
  { kind: "bearer-token-rejected", setting: given("bearer_token"), origin: "other" },
  { kind: "request-failed", attempt: { summary: "The role could not be read", privilege: "ROLE_READ" }, error },
];

test.each(faults.map((fault) => [fault.kind, fault] as const))(
  "%s is told on the command line without names of attributes, or of the engine",
  (_kind, fault) => {
    const { found, todo } = renderFlagFault(fault);

    expect(`${found} ${todo}`).not.toMatch(
      /(?<![\w-])(?:ca_file|ca_pem|certificate_sha256|credentials_file|bearer_token|request_timeout|max_retries|username)\b|engine|provider's/,
    );
  },
);

test.each(faults.map((fault) => [fault.kind, fault] as const))(
  "%s is told by the provider without flags of the command line",
  (_kind, fault) => {
    const { summary, detail } = faultDiagnostic(fault);

    expect(`${summary} ${detail}`).not.toMatch(/--(?:ca-file|certificate-sha256|credentials-file|insecure)/);
  },
);

describe("a login from the environment", () => {
  const rejected: Fault = {
    kind: "login-rejected",
    username: ofEnvironment("username", "admin"),
    password: ofEnvironment("password"),
  };
  const incomplete: Fault = { kind: "login-incomplete", given: ofEnvironment("username"), missing: "password" };

  test.each([rejected, incomplete])("that fails does not put the blame on the name of the user: $kind", (fault) => {
    for (const text of [renderFlagFault(fault).todo, faultDiagnostic(fault).detail]) {
      expect(text).not.toContain("QUMULO_USERNAME is at fault");
      expect(text).toContain("QUMULO_PASSWORD");
    }
  });

  test("that is refused is at no attribute of the configuration", () => {
    expect(faultDiagnostic(rejected)).not.toHaveProperty("attribute");
  });
});

test("a login is refused at the half that the configuration holds", () => {
  const half: Fault = { kind: "login-rejected", username: given("username"), password: ofEnvironment("password") };

  const { attribute, detail } = faultDiagnostic(half);

  expect(attribute).toEqual(["username"]);
  expect(detail).toContain("Check username and QUMULO_PASSWORD.");
});

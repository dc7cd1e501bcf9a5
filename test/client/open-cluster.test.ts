import { expect, test } from "@jest/globals";
import { type ClusterOptions, openCluster, Secret } from "../../src/client/index.ts";

const host = "cluster.example.com";
const password = new Secret("correct horse");

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['maxRetry. Did you mean "maxRetries"?', { maxRetry: 1 }],
  ["url. These are known: host, port, credentials, ", { url: "https://cluster.example.com" }],
  ['trust.certificateSHA. Did you mean "certificateSha256"?', { trust: { kind: "fingerprint", certificateSHA: "ab" } }],
  ['trust.authoritesPem. Did you mean "authoritiesPem"?', { trust: { kind: "authorities", authoritesPem: "PEM" } }],
  ['trust.kind fingerprnt. Did you mean "fingerprint"?', { trust: { kind: "fingerprnt" } }],
  ["trust.kind toString. These are known: ", { trust: { kind: "toString" } }],
  [
    'credentials.pasword. Did you mean "password"?',
    { credentials: { kind: "login", username: "admin", pasword: password } },
  ],
  ["credentials.kind token. These are known: login, bearer-token.", { credentials: { kind: "token" } }],
])("an option that is not known is refused: %s", (message, options) => {
  expect(() => openCluster({ host, ...options })).toThrow(`openCluster knows no ${message}`);
});

test("an option without a value is as one that is left out", async () => {
  const options = {
    host,
    port: undefined,
    trust: { kind: "authorities", authoritiesPem: undefined },
    shard: undefined,
  };

  const cluster = openCluster(options as ClusterOptions);

  await cluster.close();
});

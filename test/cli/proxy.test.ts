import { expect, test } from "@jest/globals";
import { givenProxy } from "../support/simulator/given-proxy.ts";
import { givenBearer } from "./given-bearer.ts";
import { runCommand } from "./run-command.ts";

test("a command reaches the cluster through the proxy of the environment, and prints no password of it", async () => {
  const { env, simulator } = await givenBearer();
  const proxy = await givenProxy({ names: { "cluster.behind.test": "127.0.0.1" }, login: "jo:hunter2" });
  const behind = {
    ...env,
    QUMULO_HOST: "cluster.behind.test",
    QUMULO_CA_PEM: "",
    QUMULO_CA_FILE: "",
    QUMULO_CERTIFICATE_SHA256: simulator.certificateSha256,
  };

  const verified = await runCommand(["verify"], {
    env: { ...behind, HTTPS_PROXY: proxy.url.replace("//", "//jo:hunter2@") },
  });
  const refused = await runCommand(["verify"], {
    env: { ...behind, HTTPS_PROXY: proxy.url.replace("//", "//jo:hunter3@") },
  });
  const doctor = await runCommand(["doctor"], {
    env: { ...behind, HTTPS_PROXY: proxy.url.replace("//", "//jo:hunter2@") },
  });

  expect([verified.exitCode, verified.error]).toEqual([0, ""]);
  expect(refused.exitCode).toBe(1);
  expect(refused.error).toContain("does not accept this user and password (407)");
  expect(refused.error).toContain('set QUMULO_PROXY to "none"');
  expect(doctor.out.replaceAll(/\s+/g, " ")).toContain(`It is reached through the proxy ${proxy.url} (HTTPS_PROXY).`);
  for (const { out, error } of [verified, refused, doctor]) expect(out + error).not.toMatch(/hunter/);
});

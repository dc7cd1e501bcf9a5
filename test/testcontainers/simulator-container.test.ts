import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openCluster } from "../../src/client/index.ts";
import { QumuloSimulatorContainer } from "../../src/testcontainers/index.ts";
import { type ContainerEngine, startContainerEngine } from "../support/simulator/container-engine.ts";

const image = "localhost/cdktf-qumulo-simulator:0.1.0";
const before = { ...process.env };

let engine: ContainerEngine;

beforeAll(async () => {
  engine = await startContainerEngine();
  Object.assign(process.env, { DOCKER_HOST: engine.host, TESTCONTAINERS_RYUK_DISABLED: "true" });
});

afterAll(async () => {
  for (const name of ["DOCKER_HOST", "TESTCONTAINERS_RYUK_DISABLED"]) {
    if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[name];
  }
  await engine.close();
});

test("a container of the image starts, is waited for, and is reached by client and control API", async () => {
  const container = new QumuloSimulatorContainer(image)
    .withSeed({ version: 1, users: [{ name: "svc-backup" }] })
    .withCoreVersion("7.2.3")
    .withFlags("--clock", "2030-01-31T12:00:00Z");

  const started = await container.start();
  const cluster = openCluster(started.connection);
  const found = await cluster.localUsers.findByName("svc-backup");
  const { core_version: version } = await started.control.describe();
  const { time } = await started.control.advanceClock("1d");
  await started.control.replaceCluster({ version: 1 });
  await started.control.reset();
  const { users = [] } = await started.control.exportSeed();
  await cluster.close();
  await started.stop();

  expect(found).toMatchObject({ name: "svc-backup" });
  expect([version, time]).toEqual(["7.2.3", "2030-02-01T12:00:00.000Z"]);
  expect(users.map(({ name }) => name)).toContain("svc-backup");
  expect(started.environment()).toMatchObject({
    QUMULO_PORT: String(started.connection.port),
    QUMULO_USERNAME: "admin",
    QUMULO_CERTIFICATE_SHA256: started.connection.trust.certificateSha256,
  });
  expect(started.url).toBe(`https://${started.getHost()}:${started.connection.port}`);
  expect(started.certificatePem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
});

test("it is the image that was named, with the ports of both APIs, and each container has secrets of its own", async () => {
  const secrets: string[] = [];
  for (const container of [new QumuloSimulatorContainer(image), new QumuloSimulatorContainer(image)]) {
    const started = await container.start();
    await started.stop();
    secrets.push(...engine.created().Env.map((line) => line.slice(line.indexOf("=") + 1)));
    for (const shown of [inspect([container, started]), JSON.stringify([container, started])]) {
      expect(shown).toMatch(/cdktf-qumulo-simulator:0\.1\.0[^]*https:\/\//);
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    }
  }

  expect(engine.created()).toMatchObject({
    Image: image,
    Cmd: ["--control-host", "0.0.0.0", "--control-port", "8001"],
    ExposedPorts: { "8000/tcp": {}, "8001/tcp": {} },
  });
  expect(new Set(secrets).size).toBe(4);
});

import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, writeFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { Code } from "@connectrpc/connect";
import { HealthCheckResponse_ServingStatus } from "../support/protocol6/generated/grpc_health_pb.ts";
import { sent } from "../support/provider/call-provider.ts";
import { createEngineCertificate, engineEnvironment, open } from "../support/provider/plugin-process.ts";
import { engine, givenStandInProcesses, typeName } from "../support/processes/stand-in-processes.ts";
import { standInThing } from "../support/processes/stand-in-server.ts";

const processes = givenStandInProcesses();

test("started by hand, it says what it is, and standard output stays empty", async () => {
  const plugin = processes.start({});

  const exit = await plugin.exited;

  expect(exit).toEqual({ code: 1, signal: null });
  expect(plugin.stdout).toBe("");
  expect(plugin.stderr).toContain("terraform-provider-standin is a provider");
});

test.each([
  ["an engine without protocol 6", { PLUGIN_PROTOCOL_VERSIONS: "5" }, "the engine offers 5"],
  ["a certificate that is none", { PLUGIN_CLIENT_CERT: "nonsense" }, "holds no certificate"],
  ["a socket directory that does not exist", { PLUGIN_UNIX_SOCKET_DIR: "/no/such/directory" }, "ENOENT"],
])("%s is told so in the one line that engines show", async (_what, env, text) => {
  const plugin = processes.startAsEngine(env);

  const exit = await plugin.exited;

  expect(exit.code).toBe(1);
  expect(plugin.stdout.trimEnd().split("\n")).toEqual([expect.stringContaining(text)]);
});

test("the handshake is all that is ever on standard output", async () => {
  const plugin = processes.startAsEngine();

  const { provider } = await plugin.connect(engine);
  await provider.getProviderSchema({});
  await plugin.says("noise on standard output");

  expect(plugin.stdout).toMatch(/^1\|6\|unix\|\/[^|]+\|grpc\|[A-Za-z0-9+/]+\n$/);
  expect(plugin.stderr).toContain("noise by console.log");
});

test("the certificate in the handshake is the one of the connection, for localhost", async () => {
  const { certificate = "" } = await processes.startAsEngine().handshake();

  expect(new X509Certificate(certificate).checkHost("localhost")).toBe("localhost");
});

test("an engine with the right certificate is served over mutual TLS", async () => {
  const { provider } = await processes.startAsEngine().connect(engine);

  const schema = await provider.getProviderSchema({});

  expect(Object.keys(schema.resourceSchemas)).toEqual([typeName]);
});

test.each([
  ["another certificate", createEngineCertificate(), {}],
  ["no certificate", undefined, {}],
  [
    "another certificate, where checks of servers are off",
    createEngineCertificate(),
    { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  ],
])("a client with %s is cut off", async (_what, stranger, env) => {
  const { provider } = await processes.startAsEngine(env).connect(stranger);

  await expect(provider.getProviderSchema({})).rejects.toThrow();
});

test("the engine is still served after a stranger was cut off", async () => {
  const plugin = processes.startAsEngine();
  await expect((await plugin.connect()).provider.stopProvider({})).rejects.toThrow();

  const { provider } = await plugin.connect(engine);

  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
});

test("without a certificate of the engine's the connection is plain", async () => {
  const plugin = processes.start(engineEnvironment());

  const handshake = await plugin.handshake();
  const { provider } = await plugin.connect();

  expect(handshake.line).toMatch(/\|grpc\|$/);
  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
});

test.each([
  ["over TLS", { PLUGIN_CLIENT_CERT: engine.cert }, engine],
  ["on a plain connection", {}, undefined],
])("where the path of a socket would be too long, it is in a short folder, %s", async (_, env, certificate) => {
  const long = givenLongFolder();
  const plugin = processes.start(engineEnvironment({ ...env, TMPDIR: long }));

  const { network, address } = await plugin.handshake();
  const { provider } = await plugin.connect(certificate);

  expect([network, address]).toEqual(["unix", expect.stringMatching(/^\/tmp\/plugin-\w+\/rpc$/)]);
  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
});

test.each([
  ["that engines attach to", {}, ["--debug"]],
  ["without TLS", engineEnvironment(), []],
])("another user of the machine cannot connect to a provider %s, also where the path is long", async (_, env, args) => {
  const ordinary = processes.start(env, { args });
  const long = processes.start({ ...env, TMPDIR: givenLongFolder() }, { args });
  await Promise.all([ordinary.says("rpc"), long.says("rpc")]);
  const addresses = [ordinary, long].map(({ stdout }) => /\/[^"|]+\/rpc/.exec(stdout)?.[0] ?? "");

  const foreign = addresses.map((address) => connecting(address, otherUser));
  const own = addresses.map((address) => connecting(address, process.getuid?.()));

  // Where tests do not run as root, there is nobody else to try it as.
  expect(own).toEqual(["connected", "connected"]);
  if (process.getuid?.() === 0) expect(foreign).toEqual(["EACCES", "EACCES"]);
});

/** An id that is nobody's, by custom. */
const otherUser = process.getuid?.() === 0 ? 65_534 : undefined;

/** What becomes of connecting to a socket as this user, in a process of its own. */
function connecting(address: string, uid: number | undefined): string {
  // It becomes that user by itself: others may not be allowed to start this Node.
  const program = `if (process.argv[2] !== "") {
      process.setgroups?.([]);
      process.setgid?.(Number(process.argv[2]));
      process.setuid?.(Number(process.argv[2]));
    }
    require("node:net").connect(process.argv[1])
    .on("connect", function () { process.stdout.write("connected"); this.destroy(); })
    .on("error", (error) => process.stdout.write(error.code));`;
  const as = process.getuid?.() === 0 ? String(uid ?? "") : "";
  return execFileSync(process.execPath, ["-e", program, address, as], { encoding: "utf8", cwd: "/", env: {} });
}

function givenLongFolder(): string {
  const long = processes.path("x".repeat(100));
  mkdirSync(long, { recursive: true });
  return long;
}

test("standard input is left unread", async () => {
  const path = processes.path("stdin");
  writeFileSync(path, "for the engine");
  const stdin = openSync(path, "r");
  const plugin = processes.start(engineEnvironment(), { stdin });
  const { provider, controller } = await plugin.connect();

  await provider.getProviderSchema({});
  await controller.shutdown({});
  await plugin.exited;
  const rest = Buffer.alloc(100);
  const size = readSync(stdin, rest);
  closeSync(stdin);

  expect(rest.subarray(0, size).toString()).toBe("for the engine");
});

test("ten large values go both ways side by side", async () => {
  const { provider } = await processes.startAsEngine().connect(engine);
  const large = sent(standInThing({ name: "x".repeat(6 * 1024 * 1024) }));

  const answers = await Promise.all(
    Array.from({ length: 10 }, async () =>
      provider.planResourceChange({ typeName, proposedNewState: large, priorState: large, config: large }),
    ),
  );

  expect(
    answers.map(({ plannedState }) => Buffer.compare(plannedState?.msgpack ?? Buffer.of(), large.msgpack)),
  ).toEqual(Array(10).fill(0));
}, 60_000);

test("an unknown call is unimplemented, as newer engines expect of older providers", async () => {
  const plugin = processes.start(engineEnvironment());
  const handshake = await plugin.handshake();
  const session = connectHttp2("http://localhost", { createConnection: () => open(handshake) });

  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const request = session.request({
      ":method": "POST",
      ":path": "/tfplugin6.Provider/LockState",
      "content-type": "application/grpc",
      te: "trailers",
    });
    request.on("response", resolve);
    request.on("error", reject);
    request.end(Buffer.alloc(5));
    request.resume();
  });
  session.destroy();

  expect(headers).toMatchObject({ ":status": 200, "content-type": "application/grpc", "grpc-status": "12" });
});

test("health says that the plugin serves, and knows no other service", async () => {
  const { health } = await processes.startAsEngine().connect(engine);

  const { status } = await health.check({ service: "plugin" });

  expect(status).toBe(HealthCheckResponse_ServingStatus.SERVING);
  await expect(health.check({ service: "other" })).rejects.toMatchObject({ code: Code.NotFound });
});

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { type Listening, givenSimulator, type Printed } from "../../cli/given-simulator.ts";

/** What a container was asked to be. */
export interface CreatedContainer {
  readonly Image: string;
  readonly Cmd: readonly string[];
  readonly Env: readonly string[];
  readonly ExposedPorts: Readonly<Record<string, object>>;
}

/** As much of a container engine's API as Testcontainers asks for to run one container of the simulator's image. */
export interface ContainerEngine {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** The container that was asked for last. */
  readonly created: () => CreatedContainer;
  readonly close: () => Promise<void>;
}

const id = "c".repeat(64);

/**
 * Stands in for a container engine, which test machines need not have: "starting" the container runs the simulator with the
 * container's flags and environment in this process, with free ports in the place of those of the image.
 */
export async function startContainerEngine(): Promise<ContainerEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), "container-"));
  let container: CreatedContainer | undefined;
  let running: Listening | undefined;
  const handlers: readonly (readonly [RegExp, (request: IncomingMessage) => Promise<object | undefined>])[] = [
    [/^GET \/images\/.*\/json/, async () => Promise.resolve({})],
    [/^GET \/containers\/json/, async () => Promise.resolve([])],
    [/^GET \/info/, async () => Promise.resolve({ OperatingSystem: "none", OSType: "linux" })],
    [
      /^POST \/containers\/create/,
      async (request) => {
        // As the API documents it.
        container = JSON.parse((await buffer(request)).toString()) as CreatedContainer;
        return { Id: id };
      },
    ],
    [
      /^PUT \/containers\/\w+\/archive/,
      async (request) => {
        execFileSync("tar", ["-xf", "-", "-C", folder], { input: await buffer(request) });
        return undefined;
      },
    ],
    [
      /^POST \/containers\/\w+\/start/,
      async () => {
        running = await runContainer(container, folder);
        return undefined;
      },
    ],
    [/^GET \/containers\/\w+\/json/, async () => Promise.resolve(inspect(running))],
    [
      /^(?:POST \/containers\/\w+\/stop|DELETE \/containers\/\w+)/,
      async () => {
        await running?.stop();
        running = undefined;
        return undefined;
      },
    ],
  ];
  const server = createServer((request, response) => {
    void respond(handlers, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    created() {
      if (container === undefined) throw new Error("No container was asked for.");
      return container;
    },
    async close() {
      await running?.stop();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function respond(
  handlers: readonly (readonly [RegExp, (request: IncomingMessage) => Promise<object | undefined>])[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = `${request.method ?? ""} ${(request.url ?? "").replace(/^\/v[\d.]+(?=\/)/, "")}`;
  const [, handle] = handlers.find(([pattern]) => pattern.test(asked)) ?? [];
  const answer = handle === undefined ? { message: `${asked} is not served` } : await handle(request);
  response.writeHead(handle === undefined ? 404 : 200, {
    "Content-Type": "application/json",
  });
  response.end(answer === undefined ? "" : JSON.stringify(answer));
}

async function runContainer(container: CreatedContainer | undefined, folder: string): Promise<Listening> {
  const { Cmd: command = [], Env: environment = [] } = container ?? {};
  const flags = command.map((word) =>
    word === "8001" ? "0" : word.startsWith("/tmp/") ? path.join(folder, word) : word,
  );
  const env = Object.fromEntries(
    environment.map((line): [string, string] => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  return givenSimulator(["--host", "0.0.0.0", "--json", ...flags], env);
}

function inspect(running: Listening | undefined): object {
  const told = running === undefined ? undefined : (JSON.parse(running.printed) as Printed & { control_url: string });
  const bound = (port: number): object => [{ HostIp: "0.0.0.0", HostPort: String(port) }];
  const ports =
    told === undefined
      ? {}
      : { "8000/tcp": bound(told.port), "8001/tcp": bound(Number(new URL(told.control_url).port)) };
  return {
    Id: id,
    Name: "/simulator",
    Config: { Hostname: "simulator", Labels: {} },
    State: { Status: "running", Running: told !== undefined, StartedAt: new Date().toISOString(), FinishedAt: "" },
    NetworkSettings: { Ports: ports, Networks: {} },
    HostConfig: { PortBindings: ports },
  };
}

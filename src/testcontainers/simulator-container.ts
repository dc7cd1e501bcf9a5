import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from "testcontainers";
import { ControlClient, type SimulatorDescription } from "../simulator/control/client.ts";
import type { Seed } from "../simulator/seeds/seed.ts";
import { Secret } from "../vocabulary/secret.ts";

/** Where the image listens, inside its container. */
const ports = { cluster: 8_000, control: 8_001 };

/** Every user of the container may read it, and `/tmp` is there in the image. */
const seedFile = { target: "/tmp/seed.json", mode: 0o444 };

/**
 * A simulated cluster in a container, for tests: give it the image that a release of this package holds.
 *
 * The cluster and its control API get free ports of the machine. Their secrets are random, and known to the started container only.
 *
 * @example
 * import { openCluster } from "cdktf-qumulo/client";
 * import { QumuloSimulatorContainer } from "cdktf-qumulo/testcontainers";
 *
 * const simulator = await new QumuloSimulatorContainer("localhost/cdktf-qumulo-simulator:0.1.0")
 *   .withSeed({ version: 1, users: [{ name: "svc-backup" }] })
 *   .start();
 * const cluster = openCluster(simulator.connection);
 * await simulator.control.advanceClock("90d");
 * await cluster.localUsers.findByName("svc-backup");
 * await cluster.close();
 * await simulator.stop();
 */
export class QumuloSimulatorContainer extends GenericContainer {
  readonly #adminPassword = new Secret(`Aa1-${randomBytes(18).toString("base64url")}`);
  readonly #controlSecret = new Secret(randomBytes(24).toString("hex"));
  #flags: readonly string[] = [];

  /** @param image - such as `localhost/cdktf-qumulo-simulator:0.1.0`, or its name in your registry */
  constructor(image: string) {
    super(image);
    const headers = { Authorization: `Bearer ${this.#controlSecret.reveal()}`, Host: "localhost" };
    this.withEnvironment({
      QUMULO_SIMULATOR_ADMIN_PASSWORD: this.#adminPassword.reveal(),
      QUMULO_SIMULATOR_CONTROL_SECRET: this.#controlSecret.reveal(),
    })
      .withExposedPorts(ports.cluster, ports.control)
      // The control API is offered once the cluster listens. There is no shell in the image that could look at ports.
      .withWaitStrategy(
        Wait.forHttp("/v1/simulator", ports.control, { abortOnContainerExit: true })
          .withHeaders(headers)
          .withReadTimeout(500),
      )
      .withFlags();
  }

  /** What the new cluster holds; a reset brings it back. */
  withSeed(seed: Seed): this {
    this.withCopyContentToContainer([{ ...seedFile, content: JSON.stringify(seed) }]);
    return this.withFlags("--seed", seedFile.target);
  }

  /** The version of Qumulo Core, such as `7.2.3`. */
  withCoreVersion(version: string): this {
    return this.withFlags("--core-version", version);
  }

  /** More flags of `cdktf-qumulo simulate`, such as `"--latency", "250"`; those of earlier calls stay. */
  withFlags(...flags: readonly string[]): this {
    this.#flags = [...this.#flags, ...flags];
    return this.withCommand(["--control-host", "0.0.0.0", "--control-port", ports.control.toString(), ...this.#flags]);
  }

  /** Starts it, and waits until the cluster answers. */
  override async start(): Promise<StartedQumuloSimulatorContainer> {
    const started = await super.start();
    const url = `http://${inUrl(started.getHost())}:${started.getMappedPort(ports.control)}`;
    const control = new ControlClient({ url, secret: this.#controlSecret });
    const description = await control.describe();
    return new StartedQumuloSimulatorContainer(started, { control, description, adminPassword: this.#adminPassword });
  }

  /** The image alone: the environment of the container holds its secrets. */
  toJSON(): object {
    return { image: this.imageName.string };
  }

  /** What `console.log` and `util.inspect` show, without secrets. */
  [inspect.custom](): string {
    return `QumuloSimulatorContainer ${this.imageName.string}`;
  }
}

/** What is known of a cluster in a container that has started. */
interface StartedSimulator {
  readonly control: ControlClient;
  readonly description: SimulatorDescription;
  readonly adminPassword: Secret;
}

/** How a client reaches the cluster in a container; `openCluster` of `cdktf-qumulo/client` takes it. */
export interface SimulatorConnection {
  /** Name or address of the machine that runs the container. */
  readonly host: string;
  /** The port of that machine. */
  readonly port: number;
  /** Login of `admin`. */
  readonly credentials: { readonly kind: "login"; readonly username: string; readonly password: Secret };
  /** The certificate, by its fingerprint: it knows nothing of the machine's name. */
  readonly trust: { readonly kind: "fingerprint"; readonly certificateSha256: string };
}

/** A simulated cluster in a container that runs. */
export class StartedQumuloSimulatorContainer extends AbstractStartedContainer {
  /** Reset, seed, clock, faults and request log of the cluster. */
  readonly control: ControlClient;
  /** Where the cluster is, and how it is trusted. */
  readonly connection: SimulatorConnection;
  /** The cluster's certificate, which is its own CA; for localhost and the container's host name. */
  readonly certificatePem: string;

  constructor(started: StartedTestContainer, { control, description, adminPassword }: StartedSimulator) {
    super(started);
    this.control = control;
    this.certificatePem = description.certificate_pem;
    this.connection = {
      host: this.getHost(),
      port: this.getMappedPort(ports.cluster),
      credentials: { kind: "login", username: description.username, password: adminPassword },
      trust: { kind: "fingerprint", certificateSha256: description.certificate_sha256 },
    };
  }

  /** Such as `https://localhost:32768`, without a slash at the end. */
  get url(): string {
    return `https://${inUrl(this.connection.host)}:${this.connection.port}`;
  }

  /** The variables by which the provider and the command line find the cluster, the password in clear included. */
  environment(): Readonly<Record<string, string>> {
    const { host, port, credentials, trust } = this.connection;
    return {
      QUMULO_HOST: host,
      QUMULO_PORT: port.toString(),
      QUMULO_USERNAME: credentials.username,
      QUMULO_PASSWORD: credentials.password.reveal(),
      QUMULO_CERTIFICATE_SHA256: trust.certificateSha256,
    };
  }

  /** Where the cluster is: what the engine tells of the container holds its secrets. */
  toJSON(): object {
    return { url: this.url };
  }

  /** What `console.log` and `util.inspect` show, without secrets. */
  [inspect.custom](): string {
    return `StartedQumuloSimulatorContainer ${this.url}`;
  }
}

function inUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

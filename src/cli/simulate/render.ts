import type { Simulator } from "../../simulator/index.ts";
import type { CommandContext } from "../command-error.ts";
import type { ControlAccess } from "./control.ts";
import { adminPasswordVariable, findGivenPassword, type SimulateFlags } from "./flags.ts";

/** A cluster that listens, and what else is there for it. */
export interface Running {
  readonly simulator: Simulator;
  /** The file that holds its certificate. */
  readonly caFile: string;
  /** Absent where nobody asked for it. */
  readonly control: ControlAccess | undefined;
}

/** One line of JSON with all that a program needs to reach the cluster. */
export function renderJson({ simulator, caFile, control }: Running): string {
  const line = {
    url: simulator.url,
    host: simulator.host,
    port: simulator.port,
    ca_file: caFile,
    certificate_sha256: simulator.certificateSha256,
    username: simulator.username,
    password: simulator.adminPassword.reveal(),
    control_url: control?.url,
    control_socket: control?.socket,
  };
  return `${JSON.stringify(line)}\n`;
}

/**
 * What a person needs to reach the cluster, ready to be copied. A password that the environment gave stays there: what a
 * service prints is kept in logs.
 */
export function renderText(
  { simulator, caFile, control }: Running,
  flags: SimulateFlags,
  env: CommandContext["env"],
): string {
  const { url, host, port, username, certificateSha256 } = simulator;
  const given = findGivenPassword(flags, env);
  const password = given === undefined ? simulator.adminPassword.reveal() : `that of ${adminPasswordVariable}`;
  const quoted = given === undefined ? shellQuote(password) : `"$${adminPasswordVariable}"`;
  const end = flags.data === undefined ? "and nothing of it is kept" : `and the cluster stays in ${flags.data}`;
  return `A simulated cluster listens at ${url}
  version      Qumulo Core ${simulator.coreVersion}
  user         ${username}
  password     ${password}
  certificate  ${certificateSha256} (SHA-256)

For the provider, in another terminal:

  export QUMULO_HOST=${host}
  export QUMULO_PORT=${port}
  export QUMULO_USERNAME=${username}
  export QUMULO_PASSWORD=${quoted}
  export QUMULO_CA_FILE=${shellQuote(caFile)}

For Qumulo's own command line, which asks for the password:

  qq --host ${host} --port ${port} login --username ${username}
${controlText(control)}
Ctrl-C stops it, ${end}.
`;
}

function controlText(control: Running["control"]): string {
  const place = control?.url ?? control?.socket;
  return place === undefined ? "" : `\nPrograms control it at ${place}\n`;
}

function shellQuote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

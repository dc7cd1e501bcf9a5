import type { Simulator } from "../../simulator/index.ts";
import type { SimulateFlags } from "./flags.ts";

/** One line of JSON with all that a program needs to reach the cluster. */
export function renderJson(simulator: Simulator, caFile: string): string {
  const line = {
    url: simulator.url,
    host: simulator.host,
    port: simulator.port,
    ca_file: caFile,
    certificate_sha256: simulator.certificateSha256,
    username: simulator.username,
    password: simulator.adminPassword.reveal(),
  };
  return `${JSON.stringify(line)}\n`;
}

/** What a person needs to reach the cluster, ready to be copied. */
export function renderText(simulator: Simulator, caFile: string, flags: SimulateFlags): string {
  const { url, host, port, username, certificateSha256 } = simulator;
  const password = simulator.adminPassword.reveal();
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
  export QUMULO_PASSWORD=${shellQuote(password)}
  export QUMULO_CA_FILE=${shellQuote(caFile)}

For Qumulo's own command line, which asks for the password:

  qq --host ${host} --port ${port} login --username ${username}

Ctrl-C stops it, ${end}.
`;
}

function shellQuote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

import type { ProviderServer } from "../framework/provider-server.ts";
import { useCompileCache } from "../plugin/runtime/compile-cache.ts";
import { serve } from "../plugin/serve.ts";
import { optimizeLater } from "../plugin/runtime/late-optimizing.ts";
import { limitYoungGeneration } from "../plugin/runtime/memory-use.ts";
import { homeFolder } from "../vocabulary/home-folder.ts";
import { version } from "../vocabulary/package-version.ts";

const usage = `terraform-provider-qumulo ${version}: the Qumulo provider for OpenTofu and Terraform

Engines start this program by themselves; "cdktf-qumulo install" puts it where they find it.

  --debug    run until Ctrl-C for any engine that attaches, and print how to attach
  --version  print the version
  --help     print this text
`;

async function loadServer(): Promise<ProviderServer> {
  const [{ createProviderServer }, { qumuloProvider }] = await Promise.all([
    import("../framework/create-provider-server.ts"),
    import("../provider/provider.ts"),
  ]);
  // By now Node has loaded most of what it needs.
  optimizeLater();
  return createProviderServer(qumuloProvider);
}

function main(argument: string | undefined): void {
  switch (argument) {
    case undefined:
    case "--debug":
      void serve({
        source: "cdktf-qumulo/qumulo",
        loadServer,
        loadPreparedAnswers: async () => (await import("./prepared-answers.ts")).preparedAnswers,
        debug: argument === "--debug",
        beforeLoading: () => {
          limitYoungGeneration();
          useCompileCache({ env: process.env, home: homeFolder(process.env["HOME"]), program: __dirname });
        },
      });
      return;
    case "--version":
      process.stdout.write(`${version}\n`);
      return;
    case "--help":
    case "-h":
      process.stdout.write(usage);
      return;
    default:
      process.stderr.write(`Unknown argument ${argument}.\n\n${usage}`);
      process.exitCode = 1;
  }
}

/** Sets what the launcher has set aside for Node's own start: terraform-provider-qumulo.sh. */
function restoreExtraAuthorities(env: NodeJS.ProcessEnv): void {
  const file = env["CDKTF_QUMULO_EXTRA_CA_CERTS"];
  if (file === undefined) return;
  env["NODE_EXTRA_CA_CERTS"] = file;
  delete env["CDKTF_QUMULO_EXTRA_CA_CERTS"];
}

restoreExtraAuthorities(process.env);
main(process.argv[2]);

import "libsql";
import { startSimulator } from "../../../src/simulator/index.ts";

/* A simulator in a process of its own. It loads everything, then waits for a line with its data folder. */

process.stdin.setEncoding("utf8");
process.stdin.once("data", (line: string) => {
  void serve(line.trim());
});
// Whoever started it is gone.
process.stdin.once("end", () => {
  process.exit(0);
});

async function serve(dataFolder: string): Promise<void> {
  try {
    const simulator = await startSimulator({
      dataFolder,
      onNotStored: (explanation) => {
        process.stderr.write(`${explanation}\n`);
      },
      onDefect: (error) => {
        process.stderr.write(`the simulator failed: ${String(error)}\n`);
      },
    });
    const { host, port, certificatePem, adminPassword } = simulator;
    process.once("SIGTERM", () => {
      void simulator.close().then(() => process.exit(0));
    });
    process.stdout.write(`${JSON.stringify({ host, port, certificatePem, password: adminPassword.reveal() })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ refused: String(error) })}\n`);
  }
}

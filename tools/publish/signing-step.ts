import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Step } from "./step.ts";

const run = promisify(execFile);

/** Signs copies of the checksums with a key that is thrown away, and verifies them, in the forms that are published. */
export const signingStep: Step = {
  title: "Signing and verifying, with a key that is thrown away",
  run: async ({ release, version }) => {
    if (!(await hasGnuPg())) {
      return {
        state: "missing",
        lines: ["GnuPG is not on this machine: nothing was signed. Install gpg and gpgconf."],
      };
    }
    // The agent listens on a socket in this folder, whose path may not be long.
    const home = await mkdtemp(path.join(tmpdir(), "gpg-"));
    const env = { PATH: process.env["PATH"], GNUPGHOME: home };
    const gpg = async (...args: readonly string[]): Promise<unknown> =>
      run("gpg", ["--batch", "--quiet", "--passphrase", "", ...args], { env });
    const registrySums = `terraform-provider-qumulo_${version}_SHA256SUMS`;
    const [all, registry] = [path.join(home, "SHA256SUMS"), path.join(home, registrySums)];
    try {
      await copyFile(path.join(release, "SHA256SUMS"), all);
      await copyFile(path.join(release, "registry", registrySums), registry);
      await gpg("--quick-generate-key", "dry-run@publisher.invalid", "rsa3072", "sign", "1d");
      await gpg("--armor", "--detach-sign", all);
      await gpg("--detach-sign", "--output", `${registry}.sig`, registry);
      await gpg("--verify", `${all}.asc`, all);
      await gpg("--verify", `${registry}.sig`, registry);
    } finally {
      await run("gpgconf", ["--kill", "all"], { env }).catch(() => undefined);
      await rm(home, { recursive: true, force: true });
    }
    return { state: "ready", lines: [`SHA256SUMS.asc and ${registrySums}.sig can be made, and are good.`] };
  },
};

async function hasGnuPg(): Promise<boolean> {
  return run("gpg", ["--version"]).then(
    () => true,
    () => false,
  );
}

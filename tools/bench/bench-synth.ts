/**
 * How much longer a program with constructs takes to synthesize than one that makes the same resources with the
 * generated bindings alone. Both are measured in turn, so that a change of the machine's load meets both alike.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { bindings, Privileges, QumuloProvider, ServiceIdentity } from "../../constructs/index.ts";
import { median } from "./measuring.ts";
import { report } from "./results.ts";

/** What the constructs may cost at most, as a multiple of the bindings. */
const bar = 1.5;
const identities = 1_000;
const warmUpRuns = 2;

const privileges = Privileges.readOnlyMonitoring();

function defineWithConstructs(stack: TerraformStack): void {
  new QumuloProvider(stack, "qumulo");
  for (let index = 0; index < identities; index += 1) {
    new ServiceIdentity(stack, `program-${index}`, { name: `svc-${index}`, privileges });
  }
}

function defineWithBindings(stack: TerraformStack): void {
  new bindings.provider.QumuloProvider(stack, "qumulo");
  for (let index = 0; index < identities; index += 1) defineOneWithBindings(stack, index);
}

function defineOneWithBindings(stack: TerraformStack, index: number): void {
  const name = `svc-${index}`;
  const user = new bindings.localUser.LocalUser(stack, `user-${index}`, { name });
  const role = new bindings.role.Role(stack, `role-${index}`, {
    name,
    description: `Privileges of the service account ${name}`,
    privileges,
  });
  const member = new bindings.roleMember.RoleMember(stack, `member-${index}`, { roleName: role.name, authId: user.id });
  const token = new bindings.accessToken.AccessToken(stack, `token-${index}`, {
    user: `auth_id:${user.id}`,
    expiresIn: "90d",
    rotateBeforeExpiry: "14d",
    dependsOn: [member],
  });
  new TerraformOutput(stack, `program-${index}_bearer_token`, {
    value: token.bearerToken,
    sensitive: true,
    description: `Bearer token of ${token.node.path}.`,
  });
}

/** Milliseconds of the processor's time from an empty app to the files of an engine: other programs do not count. */
function time(define: (stack: TerraformStack) => void): number {
  const outdir = mkdtempSync(path.join(tmpdir(), "cdktf-qumulo-bench-"));
  const started = process.cpuUsage();
  const app = new App({ outdir });
  define(new TerraformStack(app, "stack"));
  app.synth();
  const { user, system } = process.cpuUsage(started);
  const resources =
    readFileSync(path.join(outdir, "stacks/stack/cdk.tf.json"), "utf8").match(/"qumulo_\w+": \{/g) ?? [];
  if (resources.length !== 4) throw new Error(`Not four types of resources, but ${resources.join(", ")}`);
  rmSync(outdir, { recursive: true });
  return (user + system) / 1_000;
}

function main(runs: number): void {
  const times = { constructs: [] as number[], bindings: [] as number[] };
  for (let run = -warmUpRuns; run < runs; run += 1) {
    const withBindings = time(defineWithBindings);
    const withConstructs = time(defineWithConstructs);
    if (run < 0) continue;
    times.bindings.push(withBindings);
    times.constructs.push(withConstructs);
  }
  const [low, high] = [median(times.bindings), median(times.constructs)];
  const ratio = high / low;
  process.stdout.write(
    `${identities} service identities with bindings:    ${low.toFixed(0)} ms (median of ${runs})\n` +
      `${identities} service identities with constructs:  ${high.toFixed(0)} ms (median of ${runs})\n`,
  );
  report({ what: "synthesis with constructs, compared with bindings", got: ratio, bar, kind: "at most" });
}

main(Number(process.argv[2] ?? 7));

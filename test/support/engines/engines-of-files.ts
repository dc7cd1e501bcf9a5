import { terraform1164, terraform157 } from "../../../src/engine/build/pins.ts";
import type { Engine } from "../../../src/engine/identify.ts";

/**
 * Which engines a file of acceptance tests leaves out, of those that its tests name: `between` are the Terraforms that are
 * neither the oldest nor the newest, `older` all but the newest.
 */
export interface LeftOut {
  readonly leavesOut: "between" | "older";
  readonly why: string;
}

/**
 * The files that do not run on every engine, since they take long and what they are about is the same in all: what is not
 * named here runs on all. OpenTofu and the newest Terraform are never left out.
 */
export const enginesOfFiles: Readonly<Record<string, LeftOut>> = {
  "access-token.test.ts": between("its calls are those of any resource, which lifecycle.test.ts makes on all"),
  "cdktn-ephemeral.test.ts": older("the constructs write one configuration, and ephemeral.test.ts is on all"),
  "cdktn.test.ts": between("the constructs write one configuration"),
  "engine-death.test.ts": between("the provider sees a connection that ends, and the library of that is one"),
  "failures.test.ts": between("what is refused is decided by the provider, and every engine shows it"),
  "interruption.test.ts": older("engines ask providers to stop in one way, and the tests wait for seconds"),
  "local-user.test.ts": between("its calls are those of any resource, which lifecycle.test.ts makes on all"),
  "provider-configuration.test.ts": between("the provider is configured by the same call, with the same messages"),
  "proxy.test.ts": older("what goes through a proxy is between provider and cluster"),
  "release.test.ts": between("an archive is unpacked and started by each alike, and it is large"),
  "renamed-accounts.test.ts": between("what a name means is decided by the provider"),
  "role-member.test.ts": between("its calls are those of any resource, which lifecycle.test.ts makes on all"),
  "role-members.test.ts": between("its calls are those of any resource, which lifecycle.test.ts makes on all"),
  "role.test.ts": between("its calls are those of any resource, which lifecycle.test.ts makes on all"),
  "secrets.test.ts": between("the oldest has neither write-only attributes nor ephemeral values, the newest has both"),
  "service-account.test.ts": between("the constructs write one configuration"),
  "token-accounts.test.ts": between("what a name means is decided by the provider"),
  "token-delivery.test.ts": between("a delivery is a provisioner, the same in all"),
  "token-rotation.test.ts": between("rotations are decided by the provider, and shown by every plan alike"),
};

function between(why: string): LeftOut {
  return { leavesOut: "between", why };
}

function older(why: string): LeftOut {
  return { leavesOut: "older", why };
}

/** Whether a file's tests run on an engine. */
export function runsOn(file: string, { name, version }: Pick<Engine, "name" | "version">): boolean {
  if (name === "opentofu" || version === terraform1164.version) return true;
  const leavesOut = enginesOfFiles[file]?.leavesOut;
  if (leavesOut === undefined) return true;
  return leavesOut === "between" && version === terraform157.version;
}

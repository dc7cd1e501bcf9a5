import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { audit } from "../../src/audit/index.ts";
import { givenWorkspace, onOpenTofu, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";

const user = (more = "") => `
resource "qumulo_local_user" "svc" {
  name = "svc-a"
  ${more}
}
`;

const token = (more = "") => `
resource "qumulo_access_token" "svc" {
  user            = "local:svc-a"
  expiration_time = "2099-01-01T00:00:00Z"
  ${more}
}
`;

const lifecycle = (line: string) => `lifecycle {\n    ${line}\n  }`;

async function tokensOf({ cluster }: Workspace): Promise<string> {
  return (await cluster.admin.get(`/v1/auth/access-tokens/?user=auth_id:${cluster.user("svc-a").id}`)).text;
}

// What only OpenTofu has: each of it once, beside our resources.
onOpenTofu((engine) => {
  test("enabled turns an object off and on without an index in its address", async () => {
    const hcl = `variable "wanted" {\n type = bool\n}\n${user(lifecycle("enabled = var.wanted"))}
      output "name" {
        value = var.wanted ? qumulo_local_user.svc.name : "nobody"
      }`;
    const workspace = await givenWorkspace(engine, hcl);

    await workspace.apply("-var=wanted=true");
    const made = await workspace.state("qumulo_local_user.svc");
    const off = await workspace.apply("-var=wanted=false");
    const name = await workspace.output("name");
    const on = await workspace.apply("-var=wanted=true");

    expect(made).toMatchObject({ name: "svc-a" });
    expect(off.stdout).toContain("0 added, 0 changed, 1 destroyed");
    expect(name).toBe("nobody");
    expect(on.stdout).toContain("1 added, 0 changed, 0 destroyed");
    expect((await workspace.plan("-var=wanted=true")).hasChanges).toBe(false);
  });

  test("destroy = false forgets a token that lives on, and the audit of that plan says so", async () => {
    const hcl = token(lifecycle("destroy = false"));
    const workspace = await givenWorkspace(engine, hcl, { localUsers: ["svc-a"] });
    await workspace.apply();
    const { id } = await workspace.state("qumulo_access_token.svc");

    await workspace.write("");
    const planned = await workspace.plan("-out=saved");
    const { stdout } = await workspace.run("show", "-json", "saved");
    const { open } = audit(JSON.parse(stdout), { now: new Date() });
    await workspace.apply("saved");

    expect(planned.stdout).toContain("1 to forget");
    expect(open.map(({ rule }) => rule)).toContain("forgotten-access");
    expect(await workspace.stateText()).not.toContain(String(id));
    expect(await tokensOf(workspace)).toContain(String(id));
  });

  test("one provider block with for_each manages several clusters, and a cluster that is taken out is cleaned up", async () => {
    const west = await givenCluster();
    // A process of the provider serves one configuration at a time.
    const workspace = await givenWorkspace({ ...engine, attaches: false }, "");
    const east = workspace.cluster;
    const settings = [east, west].map(({ simulator }, index) => ({
      name: ["east", "west"][index],
      host: simulator.host,
      port: simulator.port,
      password: simulator.adminPassword.reveal(),
      ca_pem: simulator.certificatePem,
    }));
    await writeFile(path.join(workspace.folder, "clusters.json"), JSON.stringify(settings));
    const hcl = (active: string) => `
      locals {
        clusters = { for it in jsondecode(file("clusters.json")) : it.name => it }
      }

      provider "qumulo" {
        alias    = "of"
        for_each = local.clusters
        host     = each.value.host
        port     = each.value.port
        username = "admin"
        password = each.value.password
        ca_pem   = each.value.ca_pem
      }

      resource "qumulo_local_user" "svc" {
        for_each = toset(${active})
        provider = qumulo.of[each.key]
        name     = "svc-\${each.key}"
      }`;
    const environment = { QUMULO_CA_FILE: undefined, QUMULO_PASSWORD: undefined };
    const apply = async (active: string) => {
      await workspace.write(hcl(active));
      return printed(await workspace.runWith(environment, "apply", "-no-color", "-auto-approve"));
    };

    const both = await apply(`["east", "west"]`);
    const names = [await east.admin.get("/v1/users/"), await west.admin.get("/v1/users/")].map(({ text }) => text);
    const one = await apply(`["east"]`);

    expect(both).toContain("2 added, 0 changed, 0 destroyed");
    expect(names[0]).toContain('"svc-east"');
    expect(names[0]).not.toContain('"svc-west"');
    expect(names[1]).toContain('"svc-west"');
    expect(one).toContain("0 added, 0 changed, 1 destroyed");
    expect((await west.admin.get("/v1/users/")).text).not.toContain('"svc-west"');
  });

  test("encrypted state and plans hold no bearer token that can be read, and the next plan reads them", async () => {
    const encryption = `
      terraform {
        encryption {
          key_provider "pbkdf2" "phrase" {
            passphrase = "A passphrase of more than sixteen characters"
            iterations = 200000
          }
          method "aes_gcm" "own" {
            keys = key_provider.pbkdf2.phrase
          }
          state {
            method   = method.aes_gcm.own
            enforced = true
          }
          plan {
            method   = method.aes_gcm.own
            enforced = true
          }
        }
      }`;
    const workspace = await givenWorkspace(engine, encryption + token(), { localUsers: ["svc-a"] });

    await workspace.plan("-out=saved");
    await workspace.apply("saved");
    const { bearer_token: bearerToken } = await workspace.state("qumulo_access_token.svc");
    const again = await workspace.plan("-out=saved");

    const kept = [await workspace.stateText(), await readFile(path.join(workspace.folder, "saved"), "latin1")];
    expect(bearerToken).toMatch(/^access-v1:/);
    for (const text of kept) {
      expect(text).toContain("encrypted_data");
      expect(text).not.toContain("access-v1:");
      expect(text).not.toContain("qumulo_access_token");
    }
    expect(again.hasChanges).toBe(false);
  });

  test("-exclude leaves an object out, with what depends on it, and a later apply makes them", async () => {
    const role = `
      resource "qumulo_role" "reader" {
        name       = "reader"
        privileges = ["PRIVILEGE_QUOTA_READ"]
      }

      resource "qumulo_role_member" "svc" {
        role_name = qumulo_role.reader.name
        auth_id   = qumulo_local_user.svc.id
      }`;
    const workspace = await givenWorkspace(engine, user() + role);

    const without = await workspace.apply("-exclude=qumulo_local_user.svc");
    const listed = await workspace.run("state", "list");
    const rest = await workspace.apply();

    expect(without.stdout).toContain("1 added, 0 changed, 0 destroyed");
    expect(listed.stdout.trim()).toBe("qumulo_role.reader");
    expect(rest.stdout).toContain("2 added, 0 changed, 0 destroyed");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });
});

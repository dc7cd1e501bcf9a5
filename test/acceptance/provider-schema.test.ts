import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { qumuloProvider } from "../../src/provider/provider.ts";
import { renderProviderSchemaJson } from "../../tools/generate/bindings/provider-schema-json.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngine } from "../support/engines/given-workspace.ts";
import { createEngineCertificate, engineEnvironment, PluginProcess } from "../support/provider/plugin-process.ts";

/** The parts that bindings are made of; newer engines print more. */
interface SchemasJson {
  readonly provider_schemas: Readonly<
    Record<
      string,
      {
        readonly provider: object;
        readonly resource_schemas: object;
        readonly data_source_schemas: object;
        readonly ephemeral_resource_schemas?: object;
        readonly functions?: object;
        readonly list_resource_schemas?: object;
      }
    >
  >;
}

onEveryEngine((engine) => {
  test("the engine understands the schema just as the bindings are generated from it", async () => {
    const workspace = await givenWorkspace(engine, `provider "qumulo" {}`);
    const host = engine.name === "opentofu" ? "registry.opentofu.org" : "registry.terraform.io";
    const address = `${host}/cdktf-qumulo/qumulo`;

    const { stdout } = await workspace.run("providers", "schema", "-json");

    // Both are of the engines' documented format; a test that finds something else in them fails.
    const understood = JSON.parse(stdout) as SchemasJson;
    const rendered = JSON.parse(
      JSON.stringify(renderProviderSchemaJson(qumuloProvider, address)),
      // An engine that does not know write-only attributes does not print that an attribute is one.
      (key, value: unknown) => (key === "write_only" && !isAble(engine, "writeOnlyAttributes") ? undefined : value),
    ) as SchemasJson;
    const { provider, resource_schemas, data_source_schemas, ephemeral_resource_schemas, functions } =
      understood.provider_schemas[address] ?? {};
    const expected = rendered.provider_schemas[address];
    expect({ provider, resource_schemas }).toEqual({
      provider: expected?.provider,
      resource_schemas: expected?.resource_schemas,
    });
    // Older engines print a data source with the version of the resource of the same name; data sources need none.
    expect(withoutVersions(data_source_schemas)).toEqual(withoutVersions(expected?.data_source_schemas));
    expect([ephemeral_resource_schemas, functions]).toEqual([
      isAble(engine, "ephemeralResources") ? expected?.ephemeral_resource_schemas : undefined,
      isAble(engine, "functions") ? expected?.functions : undefined,
    ]);
  });

  test("lists are there for engines that have them, and no other notices", async () => {
    const workspace = await givenWorkspace(engine, `provider "qumulo" {}\ndata "qumulo_cluster" "this" {}\n`);
    const types = qumuloProvider.resources.map(({ name }) => `qumulo_${name}`);

    const { stdout, stderr } = await workspace.run("providers", "schema", "-json");
    const apply = await workspace.apply();

    const [schemas] = Object.values((JSON.parse(stdout) as SchemasJson).provider_schemas);
    const listed = isAble(engine, "lists") ? types.toSorted() : [];
    expect(Object.keys(schemas?.list_resource_schemas ?? {}).toSorted()).toEqual(listed);
    expect(stderr + apply.stdout + apply.stderr).not.toMatch(/warning|error/i);
  });
});

function withoutVersions(schemas: object | undefined): unknown {
  return JSON.parse(JSON.stringify(schemas), (key, value: unknown) => (key === "version" ? undefined : value));
}

test("the schema is answered by a process that loads nothing else of the provider", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "start-"));
  const certificate = createEngineCertificate();
  for (const file of ["terraform-provider-qumulo", "provider-grpc.js", "package.json"]) {
    await cp(path.join(getAcceptanceGround().library, "dist", file), path.join(folder, file));
  }
  const plugin = new PluginProcess(
    path.join(folder, "terraform-provider-qumulo"),
    engineEnvironment({ PLUGIN_CLIENT_CERT: certificate.cert, TMPDIR: folder }),
  );
  try {
    const { provider } = await plugin.connect(certificate);

    const { resourceSchemas, diagnostics } = await provider.getProviderSchema({});

    expect(Object.keys(resourceSchemas)).toHaveLength(qumuloProvider.resources.length);
    expect(diagnostics).toEqual([]);
  } finally {
    await plugin.dispose();
    await rm(folder, { recursive: true, force: true });
  }
});

import { expect, jest, test } from "@jest/globals";
import type * as Cdktf from "cdktf";
import type * as Cdktn from "cdktn";
import type * as Constructs from "../../constructs/index.ts";
import type * as Template from "../support/pages/template.ts";

/** The libraries, by the names of their packages. */
interface Libraries {
  readonly cdktf: typeof Cdktf;
  readonly cdktn: typeof Cdktn;
}

interface Synthesized {
  readonly configuration: unknown;
  readonly isFromLibrary: boolean;
}

/** Runs the same program as if a package manager had put `library` where `cdktf` is looked for. */
async function synthesizeWith(library: keyof Libraries): Promise<Synthesized> {
  jest.resetModules();
  jest.doMock("cdktf", () => jest.requireActual(library));
  const { Testing, TerraformStack } = jest.requireActual<Libraries["cdktf"]>(library);
  const { Role, ServiceAccount, TokenDelivery }: typeof Constructs = await import("../../constructs/index.ts");
  const { givenQumuloStack }: typeof Template = await import("../support/pages/template.ts");
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  new Role(stack, "reader", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] }).grantTo(account);
  const token = account.issueToken("token");
  token.output("bearer_token");
  new TokenDelivery(stack, "delivery", { token, credentialsFile: "/etc/backup/qumulo.json" });
  return { configuration: JSON.parse(Testing.synth(stack, true)), isFromLibrary: stack instanceof TerraformStack };
}

test("a program that aliases cdktf to cdktn synthesizes the same configuration", async () => {
  const original = await synthesizeWith("cdktf");
  const alias = await synthesizeWith("cdktn");

  expect([original.isFromLibrary, alias.isFromLibrary]).toEqual([true, true]);
  expect(alias.configuration).toEqual(original.configuration);
  expect(original.configuration).toHaveProperty("resource.qumulo_access_token");
  expect(original.configuration).toHaveProperty("resource.null_resource");
});

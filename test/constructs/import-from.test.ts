import { expect, test } from "@jest/globals";
import { Testing } from "cdktf";
import { LocalGroup, Role, ServiceAccount } from "../../constructs/index.ts";
import { givenQumuloStack } from "../support/pages/template.ts";

test("what the cluster has already is taken over under the address of the construct", () => {
  const stack = givenQumuloStack();
  const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
  const token = account.issueToken("token", { neverExpires: true });
  const role = new Role(stack, "reader", { name: "backup-reader" });
  const group = new LocalGroup(stack, "team", { name: "team" });

  account.importFrom("svc-backup");
  token.importFrom("1234");
  role.importFrom("backup-reader");
  group.importFrom("team");

  // Not validated: that would ask an engine for its version.
  expect(JSON.parse(Testing.synth(stack))).toMatchObject({
    import: expect.arrayContaining([
      { id: "svc-backup", to: expect.stringMatching(/^qumulo_local_user\.backup_/) },
      { id: "1234", to: expect.stringMatching(/^qumulo_access_token\.backup_token_/) },
      { id: "backup-reader", to: expect.stringMatching(/^qumulo_role\.reader_/) },
      { id: "team", to: expect.stringMatching(/^qumulo_local_group\.team_/) },
    ]),
  });
});

test("memberships that the cluster has already are taken over, those of built-in roles and by interface included", () => {
  const stack = givenQumuloStack();
  const account = ServiceAccount.fromId(stack, "backup", "1004");

  Role.builtIn(stack, "observers", "Observers").grantTo(account).importFrom("Observers:1004");
  LocalGroup.fromId(stack, "team", "1007").addMember(account).importFrom("1007:1004");
  account.issueToken("token", { neverExpires: true }).importFrom("1234");

  const { import: imports } = JSON.parse(Testing.synth(stack)) as {
    readonly import: readonly { readonly id: string }[];
  };
  expect(imports.map(({ id }) => id).toSorted()).toEqual(["1007:1004", "1234", "Observers:1004"]);
});

import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenFolder, onEveryEngine } from "../support/engines/given-workspace.ts";
import { follow, givenReader } from "../support/pages/page-reader.ts";

onEveryEngine((engine) => {
  if (!isAble(engine, "mockedProviders")) return;

  test("a module is tested with a mocked provider and against a simulated cluster as the guide says", async () => {
    const workspace = await givenFolder(engine, "");
    const before = (await workspace.cluster.admin.get("/v1/users/")).text;
    const reader = await givenReader(workspace);

    await follow(reader, "docs/guides/module-tests.md");

    // The tests had a cluster of their own.
    expect((await workspace.cluster.admin.get("/v1/users/")).text).toBe(before);
  });
});

import { expect, test } from "@jest/globals";
import { reattachCommand } from "../../src/plugin/reattach.ts";

test("the command is what engines read from TF_REATTACH_PROVIDERS", () => {
  const command = reattachCommand({
    source: "example/null",
    address: { network: "unix", address: "/tmp/plugin-1/rpc" },
    pid: 4711,
  });

  const [, json = ""] = /^TF_REATTACH_PROVIDERS='(.*)'$/.exec(command) ?? [];
  expect(JSON.parse(json)).toEqual({
    "example/null": {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: 4711,
      Test: true,
      Addr: { Network: "unix", String: "/tmp/plugin-1/rpc" },
    },
  });
});

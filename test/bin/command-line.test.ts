import { expect, test } from "@jest/globals";
import { runCommand } from "./run-command.ts";

test("--version prints the version alone", async () => {
  expect(await runCommand(["--version"])).toEqual({ exitCode: 0, out: "1.2.3\n", error: "" });
});

test("--help names every command", async () => {
  const { exitCode, out } = await runCommand(["--help"]);

  expect(exitCode).toBe(0);
  expect(out).toMatch(/\n {2}install .*\n {2}simulate /);
});

test.each(["install", "simulate", "verify", "deliver"])("%s --help shows examples", async (command) => {
  const { exitCode, out } = await runCommand([command, "--help"]);

  expect(exitCode).toBe(0);
  expect(out).toMatch(new RegExp(`Examples:\n.*cdktf-qumulo ${command}`));
});

test("without a command the help is shown as an error", async () => {
  const { exitCode, error } = await runCommand([]);

  expect(exitCode).toBe(1);
  expect(error).toContain("Usage: cdktf-qumulo");
});

test.each([
  ["an unknown command", ["simulat"], "error: unknown command 'simulat'\n(Did you mean simulate?)"],
  ["an unknown flag", ["simulate", "--prot", "1"], "error: unknown option '--prot'\n(Did you mean --port?)"],
  ["a flag without its value", ["simulate", "--port"], "error: option '--port <n>' argument missing"],
  ["an argument too many", ["install", "there"], "error: too many arguments for 'install'"],
])("%s is refused", async (_case, args, message) => {
  const { exitCode, error } = await runCommand(args);

  expect(exitCode).toBe(1);
  expect(error).toContain(message);
});

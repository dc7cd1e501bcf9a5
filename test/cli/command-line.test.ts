import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { createProgram } from "../../src/cli/command-line.ts";
import { runCommand } from "./run-command.ts";

test("--version prints the version alone", async () => {
  expect(await runCommand(["--version"])).toEqual({ exitCode: 0, out: "1.2.3\n", error: "" });
});

test("--help names every command", async () => {
  const { exitCode, out } = await runCommand(["--help"]);

  expect(exitCode).toBe(0);
  expect(out).toMatch(/\n {2}install .*\n {2}simulate /);
});

const commands = createProgram({
  env: {},
  writeOut: () => undefined,
  writeError: () => undefined,
  stop: new AbortController().signal,
  version: "1.2.3",
  providerFile: "/not/there",
}).commands;

test.each(commands.map((command) => [command.name(), command] as const))(
  "%s --help tells what each flag does, how it ends, and how it is used",
  async (name, command) => {
    const { exitCode, out } = await runCommand([name, "--help"]);

    expect(exitCode).toBe(0);
    expect(command.description()).not.toBe("");
    expect(out).toContain("\nExit status:\n  0  ");
    expect(out).toMatch(new RegExp(`\nExamples:\n  \\$ .*cdktf-qumulo ${name}`));
    for (const { flags, description } of command.options) {
      expect(description).not.toBe("");
      expect(out).toContain(`  ${flags} `);
    }
    for (const argument of command.registeredArguments) expect(argument.description).not.toBe("");
  },
);

test.each(commands.map((command) => [command.name(), command] as const))(
  "the page about the command line has %s with all its flags",
  async (name, command) => {
    const page = await readFile("docs/command-line.md", "utf8");

    const section = page.split("\n## ").find((text) => text.startsWith(`${name}\n`)) ?? "";
    for (const { flags } of command.options) expect(section).toContain(`  ${flags} `);
    expect(section).toContain(`cdktf-qumulo ${name}`);
  },
);

test.each(["", ...commands.map((command) => command.name())])(
  "the help of %p stays within a terminal of 60 columns, but for command lines and longer words",
  async (name) => {
    const args = name === "" ? ["--help"] : [name, "--help"];

    const { out } = await runCommand(args, { terminal: { columns: 60, isColored: true } });
    const narrower = await runCommand(args, {
      terminal: { columns: 60, isColored: true },
      env: { COLUMNS: "50" },
    });

    const lines = out.split("\nExamples:\n")[0]?.split("\n") ?? [];
    expect(lines.filter((line) => line.length > 60 && line.trim().includes(" "))).toEqual([]);
    expect(narrower.out.split("\n").length).toBeGreaterThan(out.split("\n").length);
  },
);

test("all flags of one meaning are written in one way", () => {
  const options = commands.flatMap((command) => command.options);

  const forms = new Map(options.map(({ long, flags }) => [long ?? "", flags]));
  const others = options.filter(({ long, flags }) => forms.get(long ?? "") !== flags).map(({ flags }) => flags);
  // An address to listen at, and a host to reach; a report in one file, and code in a folder; the name of one audit, and
  // names to look for.
  expect(others.toSorted()).toEqual(["--host <address>", "--name <pattern>", "--output <dir>"]);
  for (const { flags } of options) expect(flags).toMatch(/^--[a-z0-9]+(-[a-z0-9]+)*( <[a-z]+(\.{3})?>)?$/);
});

test("without a command the help is shown as an error", async () => {
  const { exitCode, error } = await runCommand([]);

  expect(exitCode).toBe(2);
  expect(error).toContain("Usage: cdktf-qumulo");
});

test.each([
  ["an unknown command", ["simulat"], "error: unknown command 'simulat'\n(Did you mean simulate?)"],
  ["an unknown flag", ["simulate", "--prot", "1"], "error: unknown option '--prot'\n(Did you mean --port?)"],
  ["a flag without its value", ["simulate", "--port"], "error: option '--port <n>' argument missing"],
  ["an argument too many", ["install", "there"], "error: too many arguments for 'install'"],
])("%s is refused", async (_case, args, message) => {
  const { exitCode, error } = await runCommand(args);

  expect(exitCode).toBe(2);
  expect(error).toContain(message);
});

test("a value that a flag does not take is refused with those that it takes", async () => {
  const { exitCode, error } = await runCommand(["audit", "plan.json", "--format", "yaml"]);

  expect(exitCode).toBe(2);
  expect(error).toContain("option '--format <format>' argument 'yaml' is invalid. Allowed choices are text, json,");
});

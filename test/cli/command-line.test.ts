import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { createProgram } from "../../src/cli/command-line.ts";
import { runCommand } from "./run-command.ts";

test.each(["--version", "-V"])("%s prints the version alone", async (flag) => {
  expect(await runCommand([flag])).toEqual({ exitCode: 0, out: "1.2.3\n", error: "" });
});

test.each(["--help", "-h", "help"])("%s names every command", async (word) => {
  const { exitCode, out } = await runCommand([word]);

  expect(exitCode).toBe(0);
  expect(out).toMatch(/\n {2}install .*\n {2}simulate /);
});

test("help shows of a command what its own flags show", async () => {
  const expected = await runCommand(["audit", "--help"]);

  expect(expected.exitCode).toBe(0);
  expect(await runCommand(["audit", "-h"])).toEqual(expected);
  expect(await runCommand(["help", "audit"])).toEqual(expected);
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
  // An address to listen on, and a host to reach; a report in one file, and code in a folder; the name of one audit, and
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
  ["an unknown flag with a value", ["audit", "p", "--fromat=json"], "'--fromat'\n(Did you mean --format?)"],
  ["an unknown flag where one is missing", ["discover", "--fomat", "hcl"], "'--fomat'\n(Did you mean --format?)"],
  ["a missing flag", ["discover"], "error: required option '--format <format>' not specified"],
  ["an unknown flag without a neighbor", ["verify", "-x"], "error: unknown option '-x'\nAdd --help"],
  ["help for an unknown command", ["help", "audti"], "error: There is no command audti. Did you mean audit?\n"],
  ["help for what is like no command", ["help", "me"], "no command me. cdktf-qumulo --help names all of them.\n"],
  ["a flag without its value", ["simulate", "--port"], "error: option '--port <n>' argument missing"],
  ["an argument too many", ["install", "there"], "error: too many arguments for 'install'"],
])("%s is refused", async (_case, args, message) => {
  const { exitCode, error } = await runCommand(args);

  expect(exitCode).toBe(2);
  expect(error).toContain(message);
});

test("the value of an unknown flag is not repeated, since it may be secret", async () => {
  const { exitCode, error } = await runCommand(["verify", "--bearer-token=access-v1:secret"]);

  expect(exitCode).toBe(2);
  expect(error).toContain("unknown option '--bearer-token'");
  expect(error).not.toContain("secret");
});

test("a value that a flag does not take is refused with those that it takes", async () => {
  const { exitCode, error } = await runCommand(["audit", "plan.json", "--format", "yaml"]);

  expect(exitCode).toBe(2);
  expect(error).toContain("option '--format <format>' argument 'yaml' is invalid. Allowed choices are text, json,");
});

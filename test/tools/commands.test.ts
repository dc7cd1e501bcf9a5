import { expect, test } from "@jest/globals";
import { commandFaults, isTelling } from "../../tools/style/commands.ts";

const tested = { version: "0.1.0", constructs: "10.7.2" };
const told = "[installed from its file](installing.md#with-npm)";

test.each([
  ["`npm install cdktf-qumulo`", "with-npm"],
  ["npm install --save-dev cdktf-qumulo@0.1.0 constructs", "with-npm"],
  ["npm i cdktf@0.21 cdktf-qumulo\n", "with-npm"],
  ["npx --yes cdktf-qumulo@latest install", "with-npm"],
  ["npm install ./cdktf-qumulo-0.0.9.tgz", "this is 0.1.0"],
  ["npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 constructs@10 tsx", "constructs@10.7"],
  ["`npm install ./cdktf-qumulo-0.1.0.tgz cdktf constructs`", "constructs@10.7"],
  ["export QUMULO_USERNAME=admin QUMULO_PASSWORD=secret", "read -rs"],
  ["QUMULO_BEARER_TOKEN=access-v1:… cdktf-qumulo verify", "read -rs"],
  ["npx cdktf output --outputs-file-include-sensitive-outputs --outputs-file out.json", "umask 077"],
  ["npx cdktf-qumulo install", "link to installing.md#with-npm"],
  [`npx cdktf-qumulo install\n\nIt is ${told}.`, "link to installing.md#with-npm"],
])("a page that says %j is refused, with what to say instead", (text, instead) => {
  expect(commandFaults("docs/guides/a.md", text, tested).join("\n")).toContain(instead);
});

test.each([
  "npm install ./cdktf-qumulo-0.1.0.tgz cdktf@0.21 constructs@10.7 tsx",
  "npm install ./cdktf-qumulo-0.1.0.tgz cdktf\nnpx cdktf-qumulo install",
  `\`npx cdktf-qumulo\` runs what was ${told}.`,
  `${told}\n\nnpx --no -- cdktf-qumulo verify`,
  "read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD",
  "QUMULO_BEARER_TOKEN=$(tofu output -raw backup_token) cdktf-qumulo verify",
  "(umask 077 && npx cdktf output --outputs-file-include-sensitive-outputs --outputs-file out.json)",
  "npm install --global ./cdktf-qumulo-0.1.0.tgz",
])("a page may say %j", (text) => {
  expect(commandFaults("docs/guides/a.md", text, tested)).toEqual([]);
});

test("a message of the program, which is there when it is read, may name npx alone", () => {
  expect(commandFaults("src/cli/own-name.ts", "npx cdktf-qumulo", tested)).toEqual([]);
});

test("all that tells people what to do is held to it, and what tells what was decided is not", () => {
  const telling = ["README.md", "docs/guides/a.md", "examples/hcl/main.tf", "src/cli/doctor/command.ts"];

  expect(telling.filter(isTelling)).toEqual(telling);
  expect(isTelling("docs/decisions/0060-a.md")).toBe(false);
});

import { expect, test } from "@jest/globals";
import { findPages, nameOf, readBlocks } from "../support/pages/pages.ts";
import { rehearse } from "../support/pages/rehearsal.ts";

/** Pages whose scripts people paste. Those for people who change the project are parts to choose from, with comments. */
async function findGuides(): Promise<readonly string[]> {
  return (await findPages()).filter((page) => /^(?:README\.md|docs\/(?!performance|resources))/.test(page));
}

test("pasted into one interactive bash or zsh, each page starts the same programs, in the same way", async () => {
  const met: string[] = [];
  let count = 0;

  for (const page of await findGuides()) {
    // One with a name is a file.
    const pasted = (await readBlocks(page)).filter((block) => block.language === "sh" && nameOf(block) === undefined);
    const scripts = pasted.map(({ code }) => code);
    if (scripts.length === 0) continue;
    const [inBash, inZsh] = await Promise.all([rehearse("bash", scripts), rehearse("zsh", scripts)]);
    count += inBash.calls.length;
    met.push(...[...inBash.complaints, ...inZsh.complaints].map((complaint) => `${page}: ${complaint}`));
    for (const call of inBash.calls.filter((one) => !inZsh.calls.includes(one)))
      met.push(`${page}, only bash: ${call}`);
    for (const call of inZsh.calls.filter((one) => !inBash.calls.includes(one))) met.push(`${page}, only zsh: ${call}`);
  }

  expect(met).toEqual([]);
  expect(count).toBeGreaterThan(100);
});

test.each([
  ["a comment", "tofu plan # looks\n"],
  ["words in a variable", 'FLAGS="-input=false -no-color"\ntofu plan $FLAGS\n'],
  ["a pattern without files", "tofu fmt *.tofu\n"],
])("what bash and zsh do differently is found: %s", async (_, script) => {
  const [inBash, inZsh] = await Promise.all([rehearse("bash", [script]), rehearse("zsh", [script])]);

  expect(inBash.calls).not.toEqual(inZsh.calls);
});

test("an exclamation mark that a shell takes for its history is found, and an answer reaches who asks for it", async () => {
  const { complaints } = await rehearse("bash", ["echo hi!there\n"]);
  const { calls } = await rehearse("zsh", ["read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD\n", "tofu plan\n"]);

  expect(complaints).toEqual([expect.stringContaining("event not found")]);
  expect(calls.join("")).toContain("QUMULO_PASSWORD=typed answer");
});

test.each(["bash", "zsh"] as const)("calls of %s that are made side by side are told apart", async (shell) => {
  const lines = Array.from({ length: 50 }, (_, index) => `one ${index} | two ${index} | three ${index}\n`);

  const { calls } = await rehearse(shell, [`export QUMULO_HOST=cluster\n${lines.join("")}`]);

  expect(calls).toHaveLength(150);
  expect(calls.filter((call) => !/^<(?:one|two|three)> <\d+> \nQUMULO_HOST=cluster$/.test(call))).toEqual([]);
});

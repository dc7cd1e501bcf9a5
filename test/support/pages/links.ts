import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Text of a page without what is code, in which brackets are not links and hashes not headings. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, "").replace(/<!--[\s\S]*?-->/g, "");
}

/** What can follow `#` in a link to a page: its headings as GitHub spells them, and anchors that are set by hand. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const repeats = [...anchors].filter((anchor) => anchor.replace(/-\d+$/, "") === slug).length;
    anchors.add(repeats === 0 ? slug : `${slug}-${repeats}`);
  }
  for (const [, id = ""] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
  return anchors;
}

/** Links of a page to other files of the project, or to places in itself. */
export function linksOf(text: string): readonly string[] {
  const prose = withoutCode(text).replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Whether a link of a page leads nowhere. All paths are from the folder that has the pages. */
export async function isDead(root: string, page: string, link: string): Promise<boolean> {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? page : path.join(path.dirname(page), file);
  const text = await readFile(path.join(root, target), "utf8").catch(async () => {
    // A folder can be linked to; it has no places of its own.
    return readdir(path.join(root, target)).then(
      () => "",
      () => undefined,
    );
  });
  return text === undefined || (anchor !== undefined && !anchorsOf(text).has(anchor));
}

/** The section that says where the program comes from. It alone changes when the package is published. */
const source = "installing.md#with-npm";

/** One thing that a text must not tell people to do. */
interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
}

const refused: readonly Rule[] = [
  {
    // From npm's registry: the package of that name would be a stranger's.
    pattern:
      /\bnpm (?:install|i|add)(?: -\S+)* (?:\S+ )*cdktf-qumulo(?:@\S*)?(?=[\s`]|$)|\bnpx (?:\S+ )*cdktf-qumulo@/m,
    instead: `install the package's file, as docs/guides/${source} says`,
  },
  {
    pattern: /^(?!.*read -rs).*\bQUMULO_(?:PASSWORD|BEARER_TOKEN)=(?!\$|"\$)[^\s"'`]/m,
    instead:
      "let the shell ask: read -rs QUMULO_PASSWORD && export QUMULO_PASSWORD. Arguments and history are not for secrets",
  },
  {
    pattern: /^(?!.*umask 077).*--outputs-file-include-sensitive-outputs/m,
    instead: "write secrets into a file for its owner only: (umask 077 && …)",
  },
];

/** Whether people are told what to do in a file. */
export function isTelling(file: string): boolean {
  if (/\/generated\/|^docs\/(?:decisions|api)\//.test(file)) return false;
  return /^(?:README\.md|SECURITY\.md|docs\/.*\.md|(?:constructs|examples|src)\/.*\.(?:ts|tf)|pipelines\/.*)$/.test(
    file,
  );
}

/** The versions that a text may name. */
export interface TestedVersions {
  /** Of this package. */
  readonly version: string;
  /** Of the library that it is tested with; with a later minor version npm may refuse to install the package. */
  readonly constructs: string;
}

/** What a text tells people to do that does not work for everybody, or is not safe: one line for each. */
export function commandFaults(file: string, text: string, { version, constructs }: TestedVersions): readonly string[] {
  const found = refused.flatMap(({ pattern, instead }) => {
    const [match] = pattern.exec(text) ?? [];
    return match === undefined ? [] : [`${file} says "${match.trim()}": ${instead}.`];
  });
  const files = [...text.matchAll(/\bcdktf-qumulo-(\d+\.\d+\.\d+)\.tgz/g)];
  const others = files
    .filter(([, named]) => named !== version)
    .map(([name]) => `${file} names ${name}, and this is ${version}.`);
  const minor = constructs.split(".").slice(0, 2).join(".");
  const untested = [...text.matchAll(/\.tgz .*?\bconstructs(?:@([\d.]+))?(?=[\s`])/g)]
    .filter(([, named]) => named !== minor)
    .map(([command]) => `${file} installs "${command}": write constructs@${minor}, which is tested.`);
  return [...found, ...others, ...untested, ...sourceFaults(file, text, files[0]?.index)];
}

/** Whoever follows a text from its top has to learn where the program comes from, at the latest where it is first used. */
function sourceFaults(file: string, text: string, installed: number | undefined): readonly string[] {
  const used = text.search(/\bnpx (?:--no -- )?cdktf-qumulo\b/);
  const isFollowed = file.endsWith(".md") || file.startsWith("examples/");
  if (used < 0 || !isFollowed || file.endsWith("/installing.md")) return [];
  const paragraphEnd = text.indexOf("\n\n", used);
  const told = [text.indexOf(source), installed ?? -1].filter((at) => at >= 0);
  if (told.some((at) => at < (paragraphEnd < 0 ? text.length : paragraphEnd))) return [];
  return [`${file} uses npx cdktf-qumulo, which npm's registry does not have: before, link to ${source}.`];
}

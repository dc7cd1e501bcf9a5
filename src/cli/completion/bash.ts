import type { CompletableCommand, CompletableProgram, CompletableValue } from "./completable.ts";

/** Writes a completion script for bash, from version 3.2 on. */
export function renderBash({ name, options, commands }: CompletableProgram): string {
  const id = `_${name.replaceAll(/\W/g, "_")}`;
  const names = commands.map((command) => command.name);
  return `# bash completion for ${name}. Load it with: source <(${name} completion bash)

${id}_files() {
  COMPREPLY=($(compgen "$1" -- "$2"))
  compopt -o filenames 2>/dev/null
}

${id}() {
  local IFS=$'\\n' command="" words="" current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}"
  # bash takes the two sides of --flag=value for words of their own.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $before == "=" ]]; then
    before="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  COMPREPLY=()
  if ((COMP_CWORD > 1)); then command="\${COMP_WORDS[1]}"; fi
  case "$command $before" in
${commands.flatMap((command) => valueCases(command, id)).join("\n")}
  esac
  case "$command $current" in
    " "*) words=${quoted([...names, ...options.map(({ flag }) => flag)])} ;;
${commands.flatMap((command) => wordCases(command, id)).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

complete -F ${id} ${name}
`;
}

/** What may follow a flag. */
function valueCases({ name, options }: CompletableCommand, id: string): readonly string[] {
  return options.flatMap(({ flag, value }) =>
    value === undefined ? [] : [`    "${name} ${flag}") ${completing(value, id)} ;;`],
  );
}

/** What may stand where no flag asks for a value. */
function wordCases(command: CompletableCommand, id: string): readonly string[] {
  const { name, options, arguments: places } = command;
  const [place, ...others] = places;
  const flags = `    "${name} -"*) words=${quoted(options.map(({ flag }) => flag))} ;;`;
  if (place !== undefined && others.length > 0) return [flags, `    "${name} "*) ${placeCases(command, id)} ;;`];
  if (place !== undefined) return [flags, `    "${name} "*) ${completing(place.value, id)} ;;`];
  return [flags, `    "${name} "*) words=${quoted(options.map(({ flag }) => flag))} ;;`];
}

/** Several things stand one after the other: flags, and the values of those that take one, are none of them. */
function placeCases({ options, arguments: places }: CompletableCommand, id: string): string {
  const taking = options.flatMap(({ flag, value }) => (value === undefined ? [] : [flag]));
  const cases = places.map(({ value }, index) => {
    const place = index === places.length - 1 ? "*" : String(index + 1);
    return `      ${place}) ${completing(value, id)} ;;`;
  });
  return `local place=1 at
      for ((at = 2; at < COMP_CWORD; at++)); do
        case "\${COMP_WORDS[at - 1]}" in ${taking.join(" | ")} | "=") continue ;; esac
        case "\${COMP_WORDS[at]}" in -* | "=") ;; *) ((place++)) ;; esac
      done
      case "$place" in
${cases.join("\n")}
      esac`;
}

function completing(value: CompletableValue, id: string): string {
  switch (value.kind) {
    case "choices":
      return `COMPREPLY=($(compgen -W ${quoted(value.choices)} -- "$current")); return`;
    case "file":
      return `${id}_files -f "$current"; return`;
    case "directory":
      return `${id}_files -d "$current"; return`;
    case "text":
      return "return";
  }
}

/** Words, parted by line ends: the only character that parts them in the script. */
function quoted(words: readonly string[]): string {
  return `$'${words.join("\\n")}'`;
}

import type {
  CompletableArgument,
  CompletableCommand,
  CompletableOption,
  CompletableProgram,
  CompletableValue,
} from "./completable.ts";

/** Writes a completion script for zsh, to be sourced, or kept as `_cdktf-qumulo` in a folder of `fpath`. */
export function renderZsh({ name, options, commands }: CompletableProgram): string {
  const id = `_${name.replaceAll(/\W/g, "_")}`;
  return `#compdef ${name}
# zsh completion for ${name}. Load it with: source <(${name} completion zsh)

${id}() {
  local -a commands
  commands=(
${commands.map((command) => `    ${quoted(`${command.name}:${plain(command.description)}`)}`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    _arguments${options.map((option) => ` ${specOf(option)}`).join("")}
    return
  fi
  local command="\${words[2]}"
  shift words
  ((CURRENT--))
  case "$command" in
${commands.map(caseOf).join("\n")}
  esac
}

if [[ "\${funcstack[1]}" == ${quoted(`_${name}`)} ]]; then
  ${id} "$@"
else
  compdef ${id} ${name}
fi
`;
}

function caseOf({ name, options, arguments: places }: CompletableCommand): string {
  const specs = [...options.map(specOf), ...places.map(placeOf)];
  return `    ${name})\n      _arguments \\\n${specs.map((spec) => `        ${spec}`).join(" \\\n")}\n      ;;`;
}

/** A file that may be given several times may have a name before it. */
function placeOf({ value, isRepeated }: CompletableArgument, index: number): string {
  if (!isRepeated) return quoted(`${index + 1}:argument:${actionOf(value)}`);
  const action = value.kind === "file" ? '{compset -P "*="; _files}' : actionOf(value);
  return quoted(`*:argument:${action}`);
}

function specOf({ flag, description, value }: CompletableOption): string {
  const text = `[${plain(description)}]`;
  if (value === undefined) return quoted(`${flag}${text}`);
  // The star lets a flag be given again, and the equals sign both "--flag value" and "--flag=value".
  return quoted(`*${flag}=${text}:value:${actionOf(value)}`);
}

function actionOf(value: CompletableValue): string {
  switch (value.kind) {
    case "choices":
      return `(${value.choices.join(" ")})`;
    case "file":
      return "_files";
    case "directory":
      return "_files -/";
    case "text":
      return " ";
  }
}

/** A description without what means something to zsh's completion functions. */
function plain(text: string): string {
  return text.replaceAll(/[[\]\\]/g, "").replaceAll(":", ";");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

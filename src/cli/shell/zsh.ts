import type { Kind, Spot, SpotOption } from "./spot.js";

/** To be put as `_lulus` into a folder of `fpath`, or sourced after `compinit`. */
export function zsh(spots: readonly Spot[]): string {
  return `#compdef lulus
# zsh completion of lulus, made by \`lulus completion zsh\`
${[...spots].reverse().map(spotFunction).join("\n")}
if [[ $funcstack[1] == _lulus ]]; then _lulus "$@"; else compdef _lulus lulus; fi
`;
}

function spotFunction({ path, commands, options, argument }: Spot): string {
  const specs = options.flatMap(specsOf);
  const name = functionOf(path);
  if (commands.length === 0) {
    const rest = argument === null ? [] : [quoted(`*:${argument.of}:${action(argument)}`)];
    return `${name}() {\n  _arguments -s ${[...specs, ...rest].join(" \\\n    ")}\n}`;
  }
  const told = commands.map(({ name: word, says }) => `    ${quoted(`${escaped(word)}:${says}`)}`);
  const cases = commands.map(({ name: word }) => `      ${word}) ${functionOf([...path, word])} ;;`);
  return `${name}() {
  local curcontext="$curcontext" state line
  local -a commands=(
${told.join("\n")}
  )
  _arguments -C -s ${[...specs, "'1:command:->command'", "'*::argument:->argument'"].join(" \\\n    ")}
  case $state in
  command) _describe command commands ;;
  argument)
    case $line[1] in
${cases.join("\n")}
    esac ;;
  esac
}`;
}

function functionOf(path: readonly string[]): string {
  return ["_lulus", ...path].join("_");
}

function specsOf({ long, short, says, isRepeated, value }: SpotOption): string[] {
  const text = `[${escaped(says)}]${value === null ? "" : `:${value.of}:${action(value)}`}`;
  const star = isRepeated ? "*" : "";
  return (short === null ? [long] : [short, long]).map((flag) => quoted(`${star}${flag}${text}`));
}

function action(kind: Kind): string {
  if (kind.of === "words") return `(${kind.words.join(" ")})`;
  return { files: "_files", folders: "_files -/", free: " " }[kind.of];
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

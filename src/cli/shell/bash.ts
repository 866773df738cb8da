import type { Kind, Spot } from "./spot.js";

/** For bash 3.2 and later, with or without the package bash-completion. */
export function bash(spots: readonly Spot[]): string {
  return `# bash completion of lulus, made by \`lulus completion bash\`
_lulus_words() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$cur")
}

_lulus_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$cur")
}

_lulus() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" spot="" i
  COMPREPLY=()
  # bash takes --report=file for three words
  if [[ $cur == "=" ]]; then cur=""; elif [[ $prev == "=" ]]; then prev="\${COMP_WORDS[COMP_CWORD - 2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$spot \${COMP_WORDS[i]}" in
${steps(spots)}
    esac
  done
  case "$spot:$prev" in
${values(spots)}
  esac
  case "$spot" in
${spots.map(offer).join("\n")}
  esac
}
complete -F _lulus lulus
`;
}

function steps(spots: readonly Spot[]): string {
  return spots
    .flatMap(({ path, commands }) =>
      commands.map(({ name }) => {
        const to = [...path, name].join(" ");
        return `      "${path.join(" ")} ${name}") spot="${to}" ;;`;
      }),
    )
    .join("\n");
}

function values(spots: readonly Spot[]): string {
  return spots
    .flatMap(({ path, options }) =>
      options.flatMap(({ long, value }) =>
        value === null ? [] : [`    "${path.join(" ")}:${long}") ${complete(value)}; return ;;`],
      ),
    )
    .join("\n");
}

function offer({ path, commands, options, argument }: Spot): string {
  const flags = options.flatMap(({ short, long }) => (short === null ? [long] : [short, long])).join(" ");
  const rest =
    commands.length > 0
      ? `_lulus_words "${commands.map(({ name }) => name).join(" ")}"`
      : complete(argument ?? { of: "free" });
  return `    "${path.join(" ")}") if [[ $cur == -* ]]; then _lulus_words "${flags}"; else ${rest}; fi ;;`;
}

function complete(kind: Kind): string {
  if (kind.of === "words") return `_lulus_words "${kind.words.join(" ")}"`;
  return { files: "_lulus_paths -f", folders: "_lulus_paths -d", free: ":" }[kind.of];
}

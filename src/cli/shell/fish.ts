import type { Kind, Spot } from "./spot.js";

export function fish(spots: readonly Spot[]): string {
  return `# fish completion of lulus, made by \`lulus completion fish\`
function __lulus_at --description 'whether the words so far lead to this spot'
    set -l spot
    for word in (commandline -opc)[2..-1]
        switch "$spot $word"
            case ${steps(spots).map(quoted).join(" ")}
                set -a spot $word
        end
    end
    test "$spot" = "$argv[1]"
end
complete -c lulus -f
${spots.flatMap(linesOf).join("\n")}
`;
}

function steps(spots: readonly Spot[]): string[] {
  return spots.flatMap(({ path, commands }) => commands.map(({ name }) => `${path.join(" ")} ${name}`));
}

function linesOf({ path, commands, options, argument }: Spot): string[] {
  const here = `complete -c lulus -n ${quoted(`__lulus_at "${path.join(" ")}"`)}`;
  return [
    ...commands.map(({ name, says }) => `${here} -a ${quoted(name)} -d ${quoted(says)}`),
    ...options.map(({ long, short, says, value }) => {
      const flags = short === null ? `-l ${long.slice(2)}` : `-s ${short.slice(1)} -l ${long.slice(2)}`;
      return `${here} ${flags}${value === null ? "" : ` -r ${offer(value)}`} -d ${quoted(says)}`;
    }),
    ...(argument === null || argument.of === "free" ? [] : [`${here} ${offer(argument)}`]),
  ];
}

function offer(kind: Kind): string {
  if (kind.of === "words") return `-f -a ${quoted(kind.words.join(" "))}`;
  return { files: "-F", folders: "-f -a '(__fish_complete_directories)'", free: "-f" }[kind.of];
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

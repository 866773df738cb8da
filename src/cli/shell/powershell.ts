import type { Kind, Spot } from "./spot.js";

/** For Windows PowerShell 5.1 and PowerShell 7. */
export function powershell(spots: readonly Spot[]): string {
  return `# PowerShell completion of lulus, made by \`lulus completion powershell\`
Register-ArgumentCompleter -Native -CommandName lulus -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $spots = @{
${spots.map(entry).join("\n")}
  }
  $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
      Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  $spot = ''
  foreach ($word in $words) {
    $next = "$spot $word".Trim()
    if ($spots[$spot].Commands.Contains($word)) { $spot = $next }
  }
  $here = $spots[$spot]
  $kind = $here.Argument
  if ($words.Count -gt 0 -and $here.After.Contains($words[-1])) { $kind = $here.After[$words[-1]] }
  elseif ($wordToComplete.StartsWith('-')) { $kind = $here.Options }
  elseif ($here.Commands.Count -gt 0) { $kind = $here.Commands }
  if ($kind -is [string]) {
    if ($kind -eq '') { return }
    Get-ChildItem -Path "$wordToComplete*" -Directory:($kind -eq 'folders') | ForEach-Object {
      $path = Resolve-Path -Relative -LiteralPath $_.FullName
      $text = if ($path -match '\\s') { "'" + $path.Replace("'", "''") + "'" } else { $path }
      [System.Management.Automation.CompletionResult]::new($text, $_.Name, 'ParameterValue', $_.Name)
    }
    return
  }
  $kind.GetEnumerator() | Where-Object { $_.Key.StartsWith($wordToComplete) } | Sort-Object Key | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterValue', $_.Value)
  }
}
`;
}

function entry({ path, commands, options, argument }: Spot): string {
  const flags = options.flatMap(({ long, short, says }) =>
    [short, long].flatMap((flag) => (flag === null ? [] : [[flag, quoted(says)] as const])),
  );
  const values = options.flatMap(({ long, value }) =>
    value === null ? [] : [[long, kindOf(value)] as const],
  );
  return `    ${quoted(path.join(" "))} = @{
      Commands = ${hashtable(commands.map(({ name, says }) => [name, quoted(says)]))}
      Options = ${hashtable(flags)}
      After = ${hashtable(values)}
      Argument = ${kindOf(argument ?? { of: "free" })}
    }`;
}

/** Words as a table of what is offered and what is said of it, else the kind by its name. */
function kindOf(kind: Kind): string {
  if (kind.of === "words") return hashtable(kind.words.map((word) => [word, quoted(word)]));
  return quoted(kind.of === "free" ? "" : kind.of);
}

function hashtable(entries: readonly (readonly [string, string])[]): string {
  return `@{ ${entries.map(([key, value]) => `${quoted(key)} = ${value}`).join("; ")} }`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
